# shell: ~, ~user, ~+ and ~-, and the places where it stays
cd /tmp; cd /usr
echo ~ ~root ~user ~nosuch ~+ ~- "~" a~ ~/x
v=~/y:~user; echo $v
HOME=/elsewhere; echo ~
