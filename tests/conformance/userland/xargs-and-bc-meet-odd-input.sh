printf 'a\0b\nc\n' | xargs echo
printf 'a\0b\nc\n' | xargs -d '\n' echo
printf 'a\0b\nc\n' | xargs -I{} echo '<{}>'
bc . < /dev/null
echo $?
BC_ENV_ARGS=-l bc <<< 'scale'
echo 'x = 5' > start.bc
BC_ENV_ARGS='start.bc -q' bc <<< 'x * 2'
