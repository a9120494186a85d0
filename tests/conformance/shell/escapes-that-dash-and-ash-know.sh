dash -c 'echo "a\e[1m \u00e9 \U0001F600 \" \1 \101 \0101 \8 \z \x41 \E \q"' | od -c
dash -c 'printf "a\e[1m \u00e9 \U0001F600 \" \1 \101 \0101 \8 \z \x41 \E \q\n"' | od -c
dash -c 'printf "%b\n" "a\e[1m \u00e9 \U0001F600 \" \1 \101 \0101 \8 \z \x41 \E \q"' | od -c
busybox sh -c 'echo -e "a\e[1m \u00e9 \U0001F600 \" \1 \101 \0101 \8 \z \x41 \E \q"' | od -c
busybox sh -c 'printf "a\e[1m \u00e9 \" \1 \101 \0101 \8 \z \x41 \E \q\n"' | od -c
busybox sh -c 'printf "%b\n" "a\e[1m \u00e9 \" \1 \101 \0101 \8 \z \x41 \E \q"' | od -c
