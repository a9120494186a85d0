# userland: grep: options, patterns, Perl expressions, colours, errors
mkdir -p /tmp/g/d/e
cd /tmp/g
printf 'apple\nBanana\ncherry pie\napple pie\n\nend\n' > a
printf 'banana split\napple\nnothing\n' > b
printf 'bin\0ary apple\n' > bin
printf 'deep apple\n' > d/x.c
printf 'deeper\napple\n' > d/e/y.h
ln -s ../a d/l
printf 'aaa bbb\nabab\n1.2.3.4\nfoo(bar)\n' > r
grep apple a
grep -v apple a
grep -c apple a b
grep -n apple a b
grep -i BANANA a b
grep -l apple a b bin
grep -L apple a b bin
grep -o 'p[a-z]*' a
grep -on 'p' a
grep -ob p a
grep -b pie a
grep -w pie a
grep -w app a
grep -x apple a b
grep -h apple a b
grep -H apple a
grep -A1 apple a
grep -B1 end a
grep -C1 cherry a
grep -1 cherry a
grep -n -A1 apple a b
grep -nC1 apple a
grep --group-separator=XX -A0 apple a
grep --no-group-separator -A0 apple a
grep -m1 apple a
grep -m1 -A2 apple a
grep -m0 apple a
echo $?
grep -c -m1 apple a b
grep -q apple a
echo $?
grep -q zzz a
echo $?
grep -s x nofile
echo $?
grep x nofile
echo $?
grep -q apple a nofile
echo $?
grep -q zzz a nofile
echo $?
grep x /tmp
grep -r apple .
grep -r apple
grep -R apple d
grep -rn deep . | sort
grep -rl apple . | sort
grep -rh deep | sort
grep -r --include='*.c' apple .
grep -r --include='*.[ch]' apple . | sort
grep -r --exclude='*.h' apple . | sort
grep -r --exclude-dir=e apple . | sort
grep -r --exclude-dir=d apple . | sort
grep -rc apple . | sort
grep -d skip apple *
grep -d read apple d
grep -D skip apple a
grep apple bin
grep -a apple bin
grep -c apple bin
grep --binary-files=without-match apple bin
echo $?
grep -I apple *
grep -o apple bin
grep -z apple bin | od -c
grep -U apple bin
grep -v xx bin
grep -n apple bin
grep -l apple bin
grep -q apple bin
echo $?
printf 'a\xffb\nc\n' | grep a
printf 'a\xffb\nc\n' | grep c
printf 'c\na\xffb\n' | grep -n .
grep -E 'a{3}|ab{1,}' r
grep 'a\{3\}' r
grep -E '(ab)+' r
grep -E '(ab)\1' r
grep '\(ab\)\1' r
grep -F '1.2' r
grep '1.2' r
grep -F 'foo(' r
grep -E 'foo\(' r
grep 'foo(' r
grep -E 'foo(' r
grep -E 'a**' r | head -1
grep 'a**' r | head -1
grep -E '*a' r | head -1
grep '*a' r
grep -E '+a' r| head -1
grep -E 'a|' r | head -1
grep -E '()' r | head -1
grep '\(' r
grep 'a\)' r
grep -E 'a)' r
grep '[' r
grep '[a' r
grep '[[:foo:]]' r
grep '[:alpha:]' r
grep '[[:alpha:]' r
grep 'a\{1' r
grep 'a\{1,2' r
grep 'a\{2,1\}' r
grep -E 'a{1' r
grep -E 'a{,2}' r | head -1
grep -E 'a{2,1}' r
grep '\' r
grep 'a\' r
grep -E '[b-a]' r
grep '\d' r
grep '\w\+' r | head -1
grep -o '\w\+' r
grep -o '\b\w' r
grep '\<aa' r
grep 'bb\>' r
grep -o '[0-9]*' r
grep -E -o '[0-9]+\.?' r
grep -e aaa -e foo r
grep -f - r <<< $'aaa\nfoo'
grep -f /dev/null r
echo $?
grep -f nofile r
grep '' r | wc -l
grep -v '' r
grep -e '' r | wc -l
grep -w '' r
grep -x '' a | wc -l
grep -F '' r | wc -l
grep -F $'aaa\nfoo' r
grep $'aaa\nfoo' r
grep -c '^$' a
grep -E '^(apple|end)$' a
grep -oE '(apple|apple pie)' a
grep -oE 'a|ab|aba' r
grep -n '^' a | tail -1
grep -P '\d+\.\d+' r
grep -oP '\d+(?=\.)' r
grep -oP '(?<=foo)\(' r
grep -oP 'foo\K.*' r
grep -oP '(?i)AAA' r
grep -P '^\S+\s\S+$' r
grep -oP '[[:alpha:]]+' r | head -2
grep -P '(' r
grep -P 'a(?=b' r
grep -P '[' r
grep -P '*a' r
grep -oP '(?<w>a+)\s' r
grep -P 'a\x20b' r
grep -oP 'a++' r
grep -oP '(?>a+)' r
grep -oP '\bab' r
grep -oP '^.*?b' r
grep -P '\h' r
grep -oP '\R' r
grep -oP '(?#c)a' r | head -1
grep -oP '\Qa.b\E|1\.2' r
grep -oP '[^\W\d_]+' r | head -1
grep -Pzo 'aaa.*\nabab' r | od -c
grep -P 'a' -e b r
grep -zP 'a' r | od -c | head -1
grep -ioP 'FOO' r
grep -wP 'aaa' r
grep -xP '.*' r | head -1
grep --color=always apple a b
grep --color=always -n apple a
grep --color=always -o p a
grep --color=always -A1 apple a
grep --color=always -v apple a
grep --color=always -c apple a b
grep --color=always -l apple a
grep --color=always -rn deep d
GREP_COLORS='mt=01;32:fn=34' grep --color=always -H apple a
GREP_COLOR='1;33' grep --color=always apple a
grep --color=always '' a | head -1
grep --color apple a
grep --colour=always x*p a
grep
grep -E
echo $?
grep --foo
grep -j x a
grep -A x a
grep -A -1 x a
grep -m x a a
grep -C
grep -e
grep --version | head -1
grep -y BANANA a
grep -EF x a
grep -E -P x a
grep -E -F 'a|b' r
grep -P -E 'a' r
egrep 'a|b' a | head -2
fgrep a. r
grep -T apple a
grep -nT apple a b
grep -HbT apple a
grep -Z -l apple a b | od -c
grep --label=LBL -H apple - < a
grep -H apple < a
grep apple - a < b
cat a | grep -c apple -
grep -rc apple d --include=*.h
grep -u x a
grep -ao apple bin
grep -nr . d | sort | head
grep -Hn '' r | head -2
grep -m 1 -c apple a
grep --max-count=2 -n p a
grep -lv apple a b
grep -Lv apple a b
grep -cv apple a b
grep -ov apple a
grep -bo apple a
grep -nb apple a
grep -i 'straße' <<< 'STRASSE'
grep -i 'é' <<< 'É'
grep . <<< 'é'
grep -o . <<< 'éa'
grep -c . <<< $'é\na'
grep -A 1 -B 1 -n cherry a
grep -A1 -m1 -n apple a
grep -5 x r
grep -e a -f /dev/null r | wc -l
grep '\.' r
grep -F -x 'apple' a
grep -F -w pie a
grep -F -i BANANA a
grep -Fo -i BANANA a
grep -vc '' a
grep 'a' a a | head -3
grep --null -c x a b
grep --only-matching --byte-offset pie a
grep --line-number --with-filename end a
grep --invert-match --count e a
grep --files-with-matches e a b
grep --files-without-match zzz a b
grep --no-messages x nofile
grep --regexp=end a
grep --word-regexp end a
grep --line-regexp end a
grep --ignore-case END a
grep --no-ignore-case END a
grep --null-data end a | wc -c
grep --extended-regexp 'e{1}n' a
grep --fixed-strings 'e' a | head -1
grep --basic-regexp 'e' a | head -1
grep --perl-regexp 'e' a | head -1
grep --line-buffered end a
grep --text end a
grep --after-context=1 cherry a
grep --context=1 cherry a
grep --directories=skip x d
grep --dereference-recursive -l apple d | sort
grep --exclude-from=/dev/null apple a
grep --initial-tab end a
