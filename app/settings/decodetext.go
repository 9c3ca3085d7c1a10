package settings

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

func (d *decoder) text(place string, v value, to *string) {
	if v.kind != unstable.String {
		d.wrongType(place, v, "text in quotes")
		return
	}
	*to = v.text
}

// filled is text that may be left out but, once there, not be empty.
func (d *decoder) filled(place string, v value, to *string) {
	if d.text(place, v, to); d.wrong == nil && v.text == "" {
		d.fail(place, "Fill it in, or remove the line.", "%s is \"\", expected some text", lastKey(place))
	}
}

func (d *decoder) choice(place string, v value, to *string, choices []string) {
	if d.text(place, v, to); d.wrong == nil {
		d.wrong = oneOf(place, v.text, choices)
	}
}

func (d *decoder) boolean(place string, v value, to *bool) {
	if v.kind != unstable.Bool {
		d.wrongType(place, v, "true or false without quotes")
		return
	}
	*to = v.text == "true"
}

// adviceReference is given instead of the value, which may be the secret.
const adviceReference = "Keep the secret in the keyring, in an environment variable or in a file, and write keyring:NAME, env:NAME or file:PATH here. If this file was shared, have the provider issue a new secret."

// reference reads a reference to a secret. Text that is none is not repeated:
// most likely it is the secret itself.
func (d *decoder) reference(place string, v value, to *Reference) {
	if v.kind != unstable.String {
		d.fail(place, adviceReference, "%s is %s, expected keyring:NAME, env:NAME or file:PATH in quotes", lastKey(place), article(v.kind))
		return
	}
	if v.text == "" && (lastKey(place) == "authtoken" || lastKey(place) == "encrypt") {
		return // as good as left out
	}
	if f := checkReference(place, Reference(v.text)); f != nil {
		d.fail(place, f.advice, "%s", f.says)
		return
	}
	*to = Reference(v.text)
	if seen := refPlace(*to); d.settings.lines[seen] == 0 {
		d.settings.lines[seen] = d.settings.lines[place]
	}
}

func (d *decoder) references(place string, v value, to *[]Reference) {
	if v.kind != unstable.Array {
		d.fail(place, "Write secrets = [\"keyring:NAME\"].", "secrets is %s, expected a list such as [\"keyring:NAME\"]", article(v.kind))
		return
	}
	for i, item := range v.items {
		at := fmt.Sprintf("%s[%d]", place, i)
		d.settings.lines[at] = d.doc.line(item.at.start)
		var r Reference
		d.reference(at, item, &r)
		*to = append(*to, r)
	}
}

func (d *decoder) wrongType(place string, v value, expected string) {
	d.fail(place, "Change the value, or remove the line.", "%s is %s, expected %s", lastKey(place), describe(v), expected)
}

// describe names a value of the wrong type, and shows it when it is a scalar.
func describe(v value) string {
	if v.text == "" {
		return article(v.kind)
	}
	return strings.Replace(article(v.kind), "a ", "the ", 1) + " " + quote(v.text)
}

// article names a kind of value in a sentence.
func article(k unstable.Kind) string {
	switch k {
	case unstable.String:
		return "a text"
	case unstable.Bool:
		return "a truth value"
	case unstable.Integer, unstable.Float:
		return "a number"
	case unstable.Array:
		return "a list"
	case unstable.ArrayTable:
		return "a list of tables"
	case unstable.Table, unstable.InlineTable:
		return "a table"
	default:
		return "a date or time"
	}
}

// lastKey returns how a place is called in a sentence: "path" for
// "endpoint[2].path", "secrets[0]" for "endpoint[2].secrets[0]".
func lastKey(place string) string {
	return place[strings.LastIndexByte(place, '.')+1:]
}
