# userland: bc: numbers, bases, functions, arrays, the library, errors
bc --version; bc --help; bc -h; bc --foo
echo '1/3; scale=20; 1/3; 2^100; 2^-2; -5%3; 5.5%2; a; x=5; x; (x=6); "hi"; "hi\n"; print "a\n",1,"b"; print "x";' | bc
echo 'ibase=16; FF; A; obase=2; 10; ibase=A; 255; obase=16; 255; 1.5; obase=100; 12345' | bc
echo 's(1); c(1); a(1)*4; l(2); e(1); j(0,1); scale; e(10); e(-3); l(0); l(-1); s(100); a(0.2); 4*a(1)' | bc -l
echo '1/0' | bc; echo $?
echo 'sqrt(2); scale=10; sqrt(2); sqrt(-1); length(123.45); scale(1.234); length(0.001); last; .; read()' | bc
echo 'define f(n){ if (n<=1) return (1); return (n*f(n-1)) } f(20); f(50); f(100)' | bc
echo 'foo(1)' | bc; echo '1 +' | bc; echo ')' | bc; echo '1 2' | bc; echo 'a b' | bc; echo '@' | bc; echo '"abc' | bc
printf 'for (i=0;i<3;i++) { i; if (i==1) continue; "x" }\nwhile (1) { break; }\nquit\n5\n' | bc
printf 'a[0]=1;a[1]=2;a[0]+a[1]\ndefine g(a[]) { return (a[1]) }\ng(a[])\ndefine h(*a[]) { a[1]=9; return (0); }\nh(a[]); a[1]\n' | bc
printf 'x=3\nx++ + ++x\nx--\nx\nx^=2\nx\n!x\n!0\n1&&0\n1||0\n1<2\n2<=1\n1==1\n1!=1\n-2^2\n2^3^2\n' | bc
printf 'auto x\n' | bc; printf 'define f(x) { auto y; y=x*2; return y }\nf(3)\n' | bc
printf 'if (1) 5 else 6\nif (0) 5 else 6\nif (0) {\n5\n}\nelse 6\n' | bc
printf 'scale=5\n1.23456*7.891011\n10/3\n10%%3\n1.1^5\n2^0.5\n0.5^-1\n' | bc
printf '/* c\nomment */ 1 # hash\n2\n' | bc
printf '2^1000\n' | bc; printf '2^300\n' | BC_LINE_LENGTH=0 bc; printf '2^300\n' | BC_LINE_LENGTH=40 bc
printf 'halt\n1\n' | bc; printf '1;halt;2' | bc; printf '3' | bc
printf 'ibase=17\nobase=1\nscale=-1\nibase=0\n' | bc
printf '00012\n1.500\n.5\n-.5\n0.0\n1.\n-0\n' | bc
printf 'define f() { return }\nf()\ndefine void p(x) { print x, "\\n" }\np(3)\n' | bc
printf 'limits\n' | bc
printf 'x=1\nx=x+\ny\n2\n' | bc; bc nofile; echo 5 > t.bc; bc t.bc </dev/null; bc -q t.bc <<<'7'
printf '1e5\nABC\n' | bc; printf '1 == 2 == 0\n3 > 2 > 1\n' | bc; printf 'print "a\\tb\\qc\\\\d\\ae\\n"\n' | bc | od -c
printf 'a=1,b=2\n' | bc; printf 'while (i<3) i++\ni\n' | bc; printf 'return 1\n' |bc; printf 'break\n' | bc
bc -s <<< 'ab=1'; bc -w <<< 'ab=1; print 3'; bc -s <<< 'x=1; print x'; 
printf 'obase=16\n255.5\n-255\nobase=8\n.1\nobase=20\n399.5\n' | bc
printf '123456789^20\n' | bc; printf 'scale=70; 1/7\n' | bc; printf 'scale=100; 4*a(1)\n' | bc -l
printf 'random()\n' | bc; printf 'x = 5 y = 6\n' | bc; printf 'define f(x)\n{ return x }\nf(2)\n' | bc
