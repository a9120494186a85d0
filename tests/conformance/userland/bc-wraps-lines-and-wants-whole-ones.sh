# userland: bc: long lines, unfinished input, bases above 16, random(), square roots
a=$(printf '%0100d' 7 | tr 0 x)
echo "\"$a\"" | bc; echo "print \"$a\"" | bc; echo; echo "print 123, \"$a\", \"\n\"" | bc; echo "\"$a\";2^200" | bc
printf '1' | bc; printf '1\n2' | bc; printf 'x=1' | bc;  printf '1;' | bc; printf '{1' | bc; printf '{1\n' | bc; printf 'define f(x) {\n' | bc; printf 'if (1)\n' | bc
printf 'ibase=36;Z;ZZ;G\nibase=20\nibase=37\n' | bc; printf 'GG\n' | bc; printf 'random()\nrandom()\nrandom()\n' | bc
printf 'sqrt(1.0)\nsqrt(0.0)\nsqrt(.25)\nsqrt(4)\nsqrt(2.0)\n' | bc
