# hexdump -e and -f: counts, bytes, conversions, addresses, padding, squeezing; what is wrong with them.
t() { echo "--- $*"; hexdump "$@"; echo "[$?]"; }
printf 'Hello, World!\n\0\1\2\377\200abcdefghijklmnop' > f; printf 'abc' > g
t -e '"%02x"' f; t -e '1/1 "%02x "' f; t -e '16/1 "%02x " "\n"' f; t -e '"%08_ax  " 8/1 "%02x " "  " 8/1 "%02x "' -e '"  |" 16/1 "%_p" "|\n"' f
t -e '4/2 "%04x " "\n"' f; t -e '2/4 "%08x " "\n"' f; t -e '1/8 "%016x" "\n"' f; t -e '"%_ad " 4/1 "%3d " "\n"' f; t -e '1/1 "%_c"' f; t -e '1/1 "%_u "' f; t -e '/1 "%u "' g; t -e '3/1 "%i," "\n"' g; t -e '"%s\n"' g; t -e '"%.2s\n"' g; t -e '1/4 "%f\n"' f; t -e '1/8 "%g\n"' f; t -e '"%_Ad\n"' -e '1/1 "%x"' g
t -e 'x' f; t -e '1/1' f; t -e '"' f; t -e '"%q"' f; t -e '1/3 "%x"' f; t -e '1/1 "%x %x"' f; echo '1/1 "%02x-"' > fmt; t -f fmt g; t -f nope g; t -e '4/1 "%02x" " "' f; t -e '1/2 "%d "' f; t -e '1/1 "%X"' f
t -xC g; t -n x f; t -s x f; t -s 100 f; t -C nope nope2; t nope f; hd nope; hd -s 2 -n 3 f; hexdump -C - < g; (head -c 32 /dev/zero; echo a; head -c 40 /dev/zero) | hexdump -C
