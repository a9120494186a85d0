# ex: ranges, substitution with flags, writing
cd /tmp
printf 'alpha beta\ngamma\ndelta\n' > f
printf '%s\n' '%s/a/b/' x | ex -s f; echo "status $?"; cat f
printf '%s\n' '1,2s/b/X/g' '$s/\(d\)\(e\)/\2\1/' 'wq' | ex -s f; cat f
printf '%s\n' 's/^/# /' '2,$s;m*;<&>;g' '%s/X\+/\u&y\L&/' w q | ex -s f; cat f
vi -es -c '%s/#.*/[&]/' -c 'wq' f; echo "status $?"; cat f
