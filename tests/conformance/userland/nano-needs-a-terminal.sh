# nano: help, version, wrong options
nano --help
nano -V
nano --foo; echo $?
nano -T 0 f; echo $?
nano -T x f; echo $?
nano -r abc f; echo $?
