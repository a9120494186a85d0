# userland: pinky long and short, users, who
pinky; pinky -l root; pinky -l nosuch root user; pinky -lb root; pinky -lhp user; pinky -l; echo $?; pinky -s; pinky -f; pinky -w; pinky -i; pinky -q; pinky root; pinky -x; echo 'my plan' > .plan; echo proj > .project; pinky -l root; pinky -lbhp root
users; users nosuch; users /etc/passwd; users a b; users -x; who nosuch; who -x; who am i; who a b c
