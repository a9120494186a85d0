cd /tmp/lab && [ -f upper/new ] && [ -f upper/change ] && ! cmp -s upper/change lower/change && [ "$(cat lower/change)" = "from the image" ]
