# userland: awk: expressions, functions, input, output, errors
cd /tmp; printf 'a b c\nd e f\n1 2 3\n' > f; printf 'x:1\ny:2\nz:30\n' > g
awk 'BEGIN{print 2^31, 2^53, 1e6, 1e20, 123456789012, 0.1, 1/3, -2^31, 1e300*1e300, log(-1)}'
awk 'BEGIN{break}'; awk 'BEGIN{continue}'; awk 'BEGIN { if (1) break; else a = 1 }'; awk 'BEGIN{next}'; awk 'function f(){next} BEGIN{f()}' f; awk 'BEGIN{return}'
awk '{FS=":"; print $1}' g; awk 'BEGIN{FS=":"} {print $2}' g; awk -F: '{print $1}' g; awk -F '\t' '{print $1}' g; awk -F'[:1]' '{print NF}' g; awk -Ft '{print $1}' f; awk -F '|' '{print $1}' g; awk -F. '{print $1}' <<<a.b
awk '$2 != 0' f; awk '$4 == 0' f; awk '$4 == ""' f; awk '$3 > 2' f; awk 'NR==2,NR==3' f; awk '/a/,/d/' f; awk 'END{print NR, $0}' f
awk 'BEGIN{printf "%d %i %5.2f|%-5s|%05d|%x %X %o %e %g %c%c %%|%s\n", 3.9, -3.9, 3.14159, "ab", 42, 255, 255, 8, 1234.5, 0.0001, 65, "hello", "z"}'
awk 'BEGIN{printf "%s"}'; awk 'BEGIN{printf "%d %d\n", 1}'; awk 'BEGIN{printf "%z\n", 1}'; awk 'BEGIN{printf "%*d|%-*d|\n", 5, 42, 5, 42}'; awk 'BEGIN{printf "%.3s|%c|%c\n", "abcdef", "", 256}'; awk 'BEGIN{printf("%s %s\n", "a", "b")}'
awk 'BEGIN{x="A"; y=x++; print x, y; print length("abc"), length; print substr("hello",2,3), substr("hello",0), substr("hello",-1,3), substr("hello",4,100), substr("hello",2), substr("hello", 1.5, 1)}'
awk 'BEGIN{print index("foobar","ba"), match("foobar","o+"), RSTART, RLENGTH, match("x","y"), RSTART, RLENGTH}'
awk 'BEGIN{s="aaa"; print gsub(/a/,"b&b",s), s; s="hello"; print sub(/l/,"[&\\&]",s), s; s="abc"; gsub(//,"-",s); print s; s="abc"; gsub(/x*/,"-",s); print s; s="a.b.c"; gsub(".","x",s); print s; s="a.b.c"; gsub("\\.","x",s); print s}'
awk 'BEGIN{n=split("a:b:c",arr,":"); print n, arr[1], arr[3]; n=split("",arr); print n; n=split("abc",arr,""); print n, arr[2]; n=split(" a  b ",arr); print n, arr[1]; n=split(" a  b ",arr," "); print n; n=split("a1b22c",arr,/[0-9]+/); print n, arr[3]}'
awk 'BEGIN{a["x"]=1;a["y"]=2; if ("x" in a) print "in"; delete a["x"]; if (!("x" in a)) print "out"; print length(a); delete a; print length(a); a[1,2]=3; for(k in a){split(k,p,SUBSEP); print p[1],p[2]}; if ((1,2) in a) print "yes"}'
awk 'BEGIN{while(("echo a; echo b" | getline line)>0) print "got " line; close("echo a; echo b"); "date +%Y" | getline y; print y; while ((getline l < "/tmp/g") > 0) n++; print n; print (getline l < "/nofile")}'
awk 'BEGIN{print "b\na" | "sort"; close("sort"); print "x" > "/tmp/out1"; print "y" >> "/tmp/out1"; close("/tmp/out1"); while((getline l < "/tmp/out1")>0) print l; print "err" > "/dev/stderr"; print "o" > "/dev/stdout"; system("echo sys; exit 3"); print system("exit 3")}'
awk 'BEGIN{exit 3} END{print "end"}'; echo $?; awk 'BEGIN{exit} END{print "end"}'; awk '{exit 4} END{exit}' f; echo $?
awk 'BEGIN{print toupper("abc") tolower("DEF"), 1==1.0, "a"<"b", "10"<"9", 10<9, "abc" ~ /b/, "abc" ~ "^a", !0, !"", !"a", -"3x", +"0x11", 1 " " 2, 5%3, -5%3, 2**3, 2^0.5}'
awk 'BEGIN{x; print x+0, "[" x "]"; print 1,2 > "/dev/stdout"}'
awk 'BEGIN{$0="a b c"; $5="e"; print; print NF; NF=2; print; $1=""; print; $0="x y"; print $2; $3="z"; print $0; OFS="-"; $1=$1; print}' 
awk 'BEGIN { OFS="-"; ORS="|\n"; print 1,2,3; $0="a b"; $1=$1; print }'; awk 'BEGIN{RS=""}{print NR": "$1"-"$2; print NF}' <<< $'a b\nc\n\n\nd e'; awk 'BEGIN{RS=";"}{print NR, $0}' <<< 'a;b;c'; awk -v RS='[0-9]' '{print}' <<< 'a1b2c'
awk -v x=5 -v 'y=a\tb' 'BEGIN{print x+1, y}'; awk '{print x, $1}' x=1 f x=2 g; awk 'END{print x}' x=3 /dev/null; awk 'BEGIN{print ARGC, ARGV[1], ARGV[2]}' p q; awk 'BEGIN{ARGV[1]=""} {print FILENAME, FNR}' nofile g; awk '{print FILENAME":"FNR":"NR}' f g | tail -2
awk '{print}' nofile; echo $?; awk 'BEGIN{print' ; awk '{print $1' f; awk 'BEGIN{print 1 2 +}'; awk 'BEGIN{x=}' ; awk '}' ; awk 'BEGIN{foo()}'; awk 'BEGIN{"abc}'; awk '/abc' f; awk 'BEGIN{print "abc}'; awk; awk -f nofile; awk -z; awk -v 1x=3 'BEGIN{}'; awk 'BEGIN{getline x < }'; awk '@'; awk 'BEGIN{a[1]=1; print a}'; awk 'BEGIN{a=1; a[1]=2}'; awk 'function f(x){x[1]=1} BEGIN{f(y); print y[1]; f(3)}'
awk 'function fact(n){return n<=1?1:n*fact(n-1)} BEGIN{print fact(10); print fact(20)}'; awk 'function g(a,b){b=a; a=5; return b} BEGIN{z=1; print g(z), z}'
awk 'BEGIN{for(i=0;i<5;i++){if(i==1)continue; if(i==3)break; print i}; do {j++} while(j<3); print j; while(k<2)k++; print k; if(1)print "a";else print "b"; if(0);else print "c"}'
awk 'BEGIN{getline; print "got", $0; getline x; print x, NR}' f; awk 'NR==1{next}{print}' f; awk 'FNR==2{nextfile}{print}' f g; awk '{ if (NR==1) {getline; print} }' f
awk 'BEGIN{print substr("héllo",2,2); print length("héllo"); print toupper("é"); printf "%c\n", 233; print index("héllo","l")}' | od -c
awk 'BEGIN{CONVFMT="%.2g"; a=3.14159; b=a ""; print b; OFMT="%.3f"; print 3.14159, 17, 1e10+0.5; print 1e5, 100000, 1e16, 123456.789}'
awk 'BEGIN{print -3 % 2, 7 / 2, int(-3.7), int("3abc"), sqrt(16), exp(0), log(1), sin(0), cos(0), atan2(0,-1)}'; awk 'BEGIN{print 1/0}'; awk 'BEGIN{print 1%0}'
awk 'BEGIN{srand(1); a=rand(); srand(1); b=rand(); print a==b; print srand(5), srand()}'; awk 'BEGIN { print length() }' ; awk 'BEGIN{print length "x"}'; awk 'length > 5' f; awk 'BEGIN{print substr("hello", 2, -1) "|"}'
awk 'BEGIN { printf "%s %s %s\n", "a", "b", "c" ; printf "\n" ; printf "%5c|%-5c|\n", "x", "y"; printf "%+d % d\n", 5, 5; printf "%#o %#x\n", 8, 255; printf "%.2e\n", 12345.678; printf "%G\n", 1e-10; printf "%u\n", -1; printf "%d\n", "0x1A"; printf "%d\n", 1e18; printf "%s\n", 1e18 ; printf "%i\n", 2147483648}'
awk --version; awk --help | head -2; awk -h; echo $?; awk 'BEGIN{print ENVIRON["HOME"]; print ENVIRON["NOPE"] "."}'; awk 'BEGIN{print "a" "b" > "/tmp/o"; getline z < "/tmp/o"; print z}'; awk 'BEGIN { "pwd" | getline; print }'; awk '!seen[$1]++' f f; awk '{a[$1]=$0} END{for(i in a) print i, a[i]}' f | sort; awk '{sum+=$2} END{print sum/NR}' g FS=: g
awk 'BEGIN{print gensub(/a/,"b","g","aaa")}'; awk 'BEGIN{print strftime("%Y-%m-%d", 0)}'; awk 'BEGIN{print systime() > 0}'; awk 'BEGIN{print mktime("2026 01 01 00 00 00")}'; awk 'BEGIN{printf "%s\n"; print "after"}'; awk 'BEGIN{print and(5,3)}'; awk 'BEGIN{print asort(a)}'; awk 'BEGIN{IGNORECASE=1; print "A"~"a"}'; awk 'BEGIN { print "\x41\101\/\"\q" }' ; awk 'BEGIN{print "a\
b"}'; awk 'BEGIN { print /a/ ? "y" : "n" }'; awk '$1 ~ /^[ad]$/ {print NR}' f; awk '/[[:digit:]]+/' f; awk '/(a|d) [be]/' f; awk '/a{1}/' f; awk '/\<a/' f; awk '/a\+/' f
