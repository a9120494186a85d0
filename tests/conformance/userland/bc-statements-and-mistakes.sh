# userland: bc: statements, assignment, scope, mistakes
echo '1;quit' | bc; echo --; printf '1\nif (0) quit\n2\n' | bc; echo --
printf 'define f(x) {\n return x/0\n}\nf(1)\n1\nf(1,2)\nf()\n' | bc
printf 'a[-1]\na[1.5]=3\na[1]\na[99999999]\n' | bc; printf '1;;2\n;3\n' | bc; printf '{1;2}\n{3\n4}\n' | bc
printf 'if (1) { 5 } else { 6 }\nif (1)\n7\nwhile(0)\n1\nfor(;i<2;) i+=1\ni\n' | bc; printf 'i=3;i\n"a""b"\n1"c"\n' | bc
printf 'x=1;y=2;x,y\n' | bc; printf 'print x,"a" y\n' | bc; printf 'print 1,2,"\\n"\n' | bc

printf 'length(0)\nlength(100)\nlength(.05)\nscale(0.50)\nscale()\n' | bc; printf 'sqrt(0)\nsqrt(1.00)\nsqrt(2.00)\nsqrt(1)\n' | bc
printf '0^0\n0^-1\n(-2)^3\n(-8)%%3\n-8%%-3\n1.5^3\n1.23^2\n' | bc; printf 'x=5\nx/=2\nx\nx*=3;x\nx%%=4;x\nx-=1;x\n' | bc
printf 'last+1\n5\nlast\n.+1\n' | bc; printf 'ibase=2\n101\n102\nobase=1010\n11\n' | bc
printf 'for (i=0; i<2; i++)\n  print i\n\nfor (i=0;i<2;i++) {\nprint "x"\n}\n' | bc; echo "5 + 3" | bc; echo "scale=2; 5/3" | bc; echo "10 > 5" | bc
printf '2^-1\nscale=3\n2^-1\n2^1.5\n' | bc; printf 'while (1) { if (i>3) break; i++; }\ni\n' | bc; printf 'a=b=3;a;b\n-a\n- -a\n+a\n' | bc
bc -l <<< 'e(0);l(1);s(0);c(0);a(0);j(1,2);e(1.5);scale=5;e(1);s(3);l(10)/l(2);pi=4*a(1);pi'
bc -x; bc -lq <<< 'a(1)'; bc -ql; bc --mathlib <<< 'scale'; printf '1\\\n2\n' | bc; printf 'define e(x) { return 7 }\ne(1)\n' | bc -l
printf 'define f(){continue}\n' | bc; printf 'define f(a,a){ return 1}\n' | bc;printf 'define f(a){ auto a; return 1}\n' | bc; printf '$\n~\n1 & 2\n1 | 2\n' | bc; printf 'x==1\n(x=1)==1\nx=1==2;x\n!1+1\n' | bc
printf 'if (x == 0) print "zero\\n" else print "no\\n"\n' | bc; printf 'limits;1\n' | bc | tail -2; printf '"multi\nline"\n1/0\n' | bc
