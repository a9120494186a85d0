# shell: history -s, -p, -d, -c and their errors
history -s one two; history -s 'ls /usr/lib/foo.tar.gz "a b" x'; history
history -p '!!:1:h' '!!:1:t' '!!:1:r' '!!:1:e' '!!:q' '!!:x' '!!:*' '!!:0-1' '!!:-' '!!:2*' '!$' '!^' '!one' '!?tw?:%' '!-2:1'
history -p '!!:gs/a/A/' '!!:s/a/&&/' '!!:Gs/a/A/' '^foo^bar' "'!!'" 'a!' '!=' '\!!' '${!x}' '[!a]' 'a b !#'
for it in '!nope' '!!:9' '!!:s/zz/b/' '!!:z' '!99' '!-9' '!?nope?' '!!:2-1' '!(a)'; do history -p "$it"; echo $?; done
for i in 1 2 3 4 5; do history -s "cmd $i"; done
history -d 3-4; history -d -1; history; history -d 99; echo $?; history -d x; echo $?; history -d 5-2; echo $?; history -d 0; echo $?
history 2; history x; echo $?; history -z; echo $?; history -anr; echo $?
history -c; history; echo $?
