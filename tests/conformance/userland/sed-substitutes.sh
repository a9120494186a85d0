# userland: s/// with flags, groups, &, other delimiters, -E, -n p
printf 'one two two\nthree\n' > f
sed s/two/2/ f; sed s/two/2/g f; sed s/two/2/2 f; sed -n s/two/2/p f; sed 's/\(o\)\(n\)/\2\1/' f
sed -E 's/(t)(w)/\2\1/g' f; sed 's/t[a-z]*/[&]/' f; sed 's|/|:|g' <<< /a/b; sed 's/TWO/x/I' f
sed 's/two/\n/' f; sed 's/.*/\U&/' f; sed -e s/one/1/ -e s/two/2/ f; sed 's/one/1/;s/three/3/' f
