# userland: without inotify instances or watches tail -f polls; on overlay it polls anyway
try() { echo 1 > f; (sleep 1; echo 2 >> f; sleep 1.5) & timeout 3 tail "$@" f; echo $?; }
echo 0 > /proc/sys/fs/inotify/max_user_instances; cat /proc/sys/user/max_inotify_instances
try -f
echo 128 > /proc/sys/user/max_inotify_instances; cat /proc/sys/fs/inotify/max_user_instances
echo 0 > /proc/sys/fs/inotify/max_user_watches
try -f; try -F
echo 15247 > /proc/sys/fs/inotify/max_user_watches
try ---disable-inotify -f
mkdir l u w m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; cd m; try -f; ls ../u
