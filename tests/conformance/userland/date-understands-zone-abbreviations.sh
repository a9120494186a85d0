# userland: zones named in date strings
export TZ=UTC; for z in EST EDT KST JST PDT CET CEST IST GMT UTC Z; do date -d "2024-03-05 07:08 $z"; done; date -d '24-03-05' +%F; date -d '69-03-05' +%F; date -d '2024-03-05 (comment) 10:00'; date -d 'Tue, 05 Mar 2024 07:08:09 KST'
