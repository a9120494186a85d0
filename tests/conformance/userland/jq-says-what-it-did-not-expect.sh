# Programs that jq refuses: where, and what bison's tables expected there.
t() { echo "--- $*"; jq -nc "$@"; echo "[$?]"; }
t '.['; t '{a b}'; t '1 as x | 2'; t 'if 1 then 2'; t 'if 1 then 2 end'; t '1 +'; t '.a.[]'; t '?'; t '1,,2'; t '{'; t '{a:1'; t '{1:2}'; t '{a:1+2}'; t '{a.b:1}'; t '{if}'
t '.a?//"d"'; t '1.2.3'; t '.é'; t "'a'"; t '"a'; t '"\x"'; t '"a\(1'; t '1 2'; t '1 as $x'; t '1 as [] | 2'; t '{} as {a b} | 1'; t 'reduce . as $x'; t 'reduce .[] as $x (0;1;2)'
t 'def f: 1'; t 'def f(): 1; f'; t 'def f(x,y): 1; 2'; t 'def if: 1; 2'; t 'try error("x") catch'; t 'break'; t 'break $x'; t 'label x | 1'; t '1 == 2 == 3'; t '1 = 2 = 3'
t 'foo'; t 'foo(1)|$x|map(bar)|baz'; t 'def f(x): 1; f'; t '1/0'; t '{(1):2}'; t 'import "a" as a; 1'; t 'module (.); 1'; t '1 |
foo |
$bar'; t '1
+
'; t '{
a
b}'; t '$'; t '1 & 2'; t '[)'; t 'f()'; t 'f(1;)'; t '1;2'; t 'then'; t '.[1:2:3]'; t '.[:]'; t '.[]]'; t 'a::b'
