# the manual page and the completions know every option of the help page
for what in man bash zsh fish; do
    "$QINGDAN" generate $what --lang en | sed 's/\\-/-/g' > $what
    for option in $("$QINGDAN" help extract | grep -o -e '--[a-z]*'); do
        grep -q -e "--${option#--}" -e "-l ${option#--}" $what || echo "$what lacks $option"
    done
done
bash -n bash && echo sound
