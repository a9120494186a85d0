# About a number bash shows the expression only as far as it has read it.
e() { (eval "echo \$(($1))"); }
e '1+08'; e '1 + 2#3 + 1'; e '1+65#1+2'; e '3# + 1'; e ' 10#-8 '; e '0#1'; e '1+00#1'; e '2#1#1'; e '1##2'
e '@'; e '1 @'; e '1+@'; e '.5'; e '1.5'; e '1?.:2'; e '(1).2'; e 'a=.'; e 'a[0].'; e '[1]'; e '{1}'; e 'é'; e '1é'; e '1$'
e 'a[]'; e '1 + a[] + 2'
let -- 3; echo $?
let --; echo $?
