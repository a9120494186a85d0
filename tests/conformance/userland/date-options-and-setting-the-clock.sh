# userland: date - options, files, setting the clock, mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
export TZ=UTC0
D='2025-03-04 05:06:07.089'
t date -d "$D" -I
t date -d "$D" -Iseconds
t date -d "$D" -Ins
t date -d "$D" -Ih
t date -d "$D" -Iminutes
t date -d "$D" --iso-8601=date
t date -d "$D" -Ix
t date -d "$D" -R
t date -d "$D" --rfc-3339=s
t date -d "$D" --rfc-3339=ns
t date -d "$D" --rfc-3339=date
t date -d "$D" --rfc-3339
t date -d "$D" --rfc-3339=x
t date -d "$D"
t date -d "$D" +
t date -d "$D" +%Y +%m
t date -d "$D" +%Y x
t date -d "$D" x
t date -d x
t date -d
t date -u -d "$D"
TZ=Asia/Seoul t date -u -d "$D"
TZ=Asia/Seoul t date -d "$D"
TZ=Asia/Seoul t date -d "$D" +%Z%z
TZ=EST5EDT t date -d "$D" +%Z%z
TZ=XYZ-3 t date -d "$D" +%Z%z
TZ=nonsense t date -d "$D" +%Z%z
TZ='<+03>-3' t date -d "$D" +%Z%z
TZ= t date -d "$D" +%Z%z
touch -d "$D" f
t date -r f
t date -r nosuch
t date -r f -d now
t date -r f -u +%s.%N
printf '2020-01-01\nx\n\n2021-02-03 1:2\n' > l
t date -f l +%F_%T
printf '@5\n' | t date -f - +%s
t date -f nosuch
t date -s x
t date --nosuch
t date -I -R
t date --resolution
t date -d "$D" --resolution
t date 020304052027; date '+%F %H'
t date 020304052027.30 +%F_%H
t date 0203
t date 13010000
t date -u -s '2026-01-01 12:00:00' +%F
su user -c "date -s '2026-02-03 04:05:06'"; echo $?
