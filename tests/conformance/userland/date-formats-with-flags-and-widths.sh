# userland: date - formats with flags and widths, years beyond four digits, odd zones
export TZ=UTC0
f() { printf '%s|' "$1"; date -d "$D" "+$1" ; }
D='12345-06-07 08:09:10'; for c in %Y %F %C %G %y %+Y %+F %+C %+G %_Y %-Y %10F %+14F %_14F %-F %D %c %+5Y %+6Y %+4C %x; do f $c; done
D='0099-06-07 08:09:10.5'; for c in %Y %F %C %G %y %+Y %_Y %-Y %_F %-F %-y %_y %+6Y %4Y %e %_e %-e %0e %k %-k %3N %-3N %_3N %_N %_6N %s %_20s %020s %j %-j %_j %z %:z %-:z %_:z %_10:z %+z %#a %#B %^#a %#p %#P %P %^P %#Z %#c %^c %#x %^x %#r %r %^r %#b %10p %-10p %_10p %010p %10b %-10b %10n %10t %% %-% %^% %Q %10Q %-Q %E %Ey %EQ %OQ %:Y %:: %:q %-:::z %_::z %q %5q %-5q %_5d %_5H %-5H %+5d %+5H %05H %5H %5e %-e %5k %5N %0N %N %12N %_12N %-12N; do f "$c"; done
TZ=XXX3:30 ; D='2020-01-01'; for c in %z %:z %::z %:::z %-z %_z %10z %_10z %-10z %+10z %-:z %_:z %_10:z %010:z %-:::z %Z %#Z; do f $c; done
TZ=XXX-0:05:07; for c in %z %:z %::z %:::z %-z %_z %_:z %-:z %-::z; do f $c; done
TZ=XXX-12; for c in %z %:z %::z %:::z %-z %_z; do f $c; done
