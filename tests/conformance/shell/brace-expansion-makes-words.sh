# shell: lists, ranges with steps and padding, nesting, and what is not one
echo a{b,c}d {1..5} {01..10..3} {e..a} {a,b}{1,2} x{,y}
echo {a} {1..} "{a,b}" a{b,{c,d}}e {-2..2}
mkdir -p top/{lower,upper}/{x,y}; ls -d top/*/*
v=3; echo {1..$v}
