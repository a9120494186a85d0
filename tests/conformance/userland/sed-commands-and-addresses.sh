# userland: sed: commands, addresses, -i, -s, -z
cd /tmp
seq 10 > n
printf 'hello world\nfoo bar\nbaz\n' > f
sed -n '2p;4,5p;/7/,$p' n
sed '0~3d' n
sed -n '2,+2p' n
sed -n '2,~4p' n
sed -n '0,/1/p' n
sed -n '1,/1/p' n
sed -n '$p' n f
sed -n -s '$p' n f
sed -n '1!G;h;$p' n
sed '$!d' n
sed -n '$=' n
sed '2q' n
sed '2q5' n
echo $?
sed -n '2{p;q}' n
sed '3Q' n
sed '3Q7' n
echo $?
sed 's/o/0/' f
sed 's/o/0/g' f
sed 's/o/0/2' f
sed 's/o/0/2g' f
sed -n 's/o/0/p' f
sed 's/O/0/I' f
sed 's/\(.*\) \(.*\)/\2 \1/' f
sed -E 's/(.*) (.*)/\2 \1/' f
sed 's/o/[&]/g' f
sed 's/o/\&/g' f
sed 's|o|/|g' f
sed 's,o,\,,g' f
sed 's/hello/\U&/' f
sed 's/\w\+/\u&/g' f
sed 's/\w*/\L\u&/2' f
sed 's/hello/\Uab\Ecd/' f
sed 's/o$/X\nY/' f
sed 's/$/\t|/' f
sed 's/x*/-/g' f
sed 's/b*/-/2' <<<abc
sed '/foo/i\before' f
sed '/foo/a after' f
sed '/foo/c\changed' f
sed '2i\  two\n  lines' f
sed '2i two\
more' f
sed '1,2c\gone' f
sed '$!{2,3c\gone
}' f
sed 'a\' f
sed '1a\' -e 'foo' f
sed -e '1a\' -e 'foo' f
sed '1i\\ttab' f
sed 'a' f
sed '$a end' f
sed '1{a x
}' f
sed 'y/abc/xyz/' f; sed 'y/a\/b/x\ny/' f; sed 'y/abc/xy/' f; sed -n 'l' <<< $'a\tb\\c\001é'; sed -n 'l 10' <<< 'this is a long line of text'; sed -n 'l 1' <<<abc; sed -l 5 -n l <<<abcdefgh; sed = f; sed -n '/o/=' f; sed 'N;s/\n/+/' n; sed '$!N;P;D' n; sed 'N;N;s/\n/,/g' n; sed -n 'H;${x;s/\n/,/g;p}' n; sed 'G' f; sed -n 'x;p' f; sed '1!{x;G}' f
sed ':a;N;$!ba;s/\n/ /g' n; sed ':a;s/^\(\s*\)o/\1/;ta' f; sed -n '/foo/{n;p}' f; sed 'n;d' n; sed -e 's/a/b/;t end' -e 's/o/X/' -e ':end' f; sed 'T;s/$/!/' f; sed 's/o/0/;T;s/$/!/' f; sed 'b;s/o/X/' f; sed '/foo/b x;s/$/ no/;:x' f; sed 'bx' f; sed ':a' f | head -1; sed ': a b' f | head -1
sed 'w /tmp/w1' f > /dev/null; cat w1; sed -n 's/o/0/w /tmp/w2' f; cat w2; sed 'r w2' f; sed '1r /nofile' f; sed '$r w2' f; sed '2R n' f; sed 'W /tmp/w3' f > /dev/null; cat w3; sed -n 's/foo/&/w /dev/stdout' f; sed '1e echo hi' f; sed 's/.*/echo &/e' f; sed '0r w2' f
cp f g; sed -i 's/o/0/g' g; cat g; sed -i.bak 's/0/o/' g; cat g g.bak; sed -i -e '1d' g; cat g; sed -n -i p g; cat g; sed -i 's/a/b/' nofile; sed --in-place=.orig 's/b/c/' g; ls g*; sed -i 's/x/y/' /tmp; sed -s '1F' n g | head -3; sed -z 's/\n/,/g' f; echo; sed -z 's/^./X/mg' f; sed 's/^./X/M' f; sed -u 1q f; sed --posix 's/a\+/b/' f; sed '1~3d' n; sed '2,4!d' n; sed '2!s/^/x/' f; sed '/a/,/b/d' f; sed '5,2p' n | head -7; sed -n '/1/,3p' n; sed -n '2,/[0-9]/p' n; sed -n '/5/,+1p' n; sed -n '\,5,p' n; sed -n '\%5%,\%6%p' n; sed -n '/HELLO/Ip' f; sed '1d;n;d' n; sed -n '1p' - < f; sed '' f; sed -n '' f; sed p f; sed -e p -n f; sed --expression='s/o/0/' f; sed --quiet p f; sed -f - f <<< 's/o/0/'; printf '#n\np\n' > sc; sed -f sc f; sed '#comment
p' f; sed -E 's/(o|r)+/X/g' f; sed 's/[[:space:]]/_/g
s/[^a-z]/-/g' f; sed 's/a\|b/X/g' f; sed -E 's/a|b/X/g' f; sed 's/.\{3\}/X/' f; sed -E 's/.{3}/X/' f; sed 's/\bw/W/' f; sed "s/\x6f/O/g" f; sed 's/\o157/O/' f; sed 's/\d111/O/' f; sed 's/o\?/X/' f; sed 's/\./X/' f; sed 's/*/X/' <<< 'a*b'; sed 's/^*/X/' <<< '*b'; sed 's/\(^a\)/X/' <<<abc; sed 's/a$b/X/' <<<'a$b'; sed -E 's/()/x/' <<<abc; sed 's/[/]/X/' <<<a/b; sed 's/[]]/X/' <<<'a]b'; sed 's/\n/X/' f; sed '$!N;s/\n/X/' f; sed 's/a/\
