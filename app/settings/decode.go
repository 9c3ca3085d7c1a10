package settings

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2/unstable"
)

// The keys of each table, in the order in which advice names them.
var (
	rootKeys     = []string{"tunnel", "shop", "endpoint", "limits", "keep", "window", "notify", "search"}
	tunnelKeys   = []string{"kind", "domain", "authtoken", "service", "server", "bind", "run", "url", "key", "host_key", "listen", "https"}
	shopKeys     = []string{"url"}
	endpointKeys = []string{"name", "provider", "path", "secrets", "forward", "answer", "unverified", "tolerance", "verify_token", "learn_secret", "concurrency", "when_stuck", "probe"}
	limitsKeys   = []string{"body", "wait"}
	keepKeys     = []string{"days", "size", "encrypt"}
	windowKeys   = []string{"theme", "scale", "density", "language", "close_to_tray", "start", "hide_personal"}
	searchKeys   = []string{"name", "query"}
)

// decode reads a document's tables into settings. On a finding the settings
// hold what is needed to place it.
func decode(file string, doc *document) (Settings, *finding) {
	s := Default()
	s.file, s.lines = file, map[string]int{}
	d := &decoder{doc: doc, settings: &s}
	d.root(doc.root)
	return s, d.wrong
}

// decoder keeps the first finding; after one it reads no further.
type decoder struct {
	doc      *document
	settings *Settings
	wrong    *finding
}

func (d *decoder) fail(place, advice, format string, args ...any) {
	if d.wrong == nil {
		d.wrong = &finding{place: place, says: fmt.Sprintf(format, args...), advice: advice}
	}
}

// each calls read for every key of t in file order, after it was checked to be
// one of keys and its line was noted under its place.
func (d *decoder) each(t *table, in, place string, keys []string, read func(key, place string, v value)) {
	for _, e := range t.entries {
		if d.wrong != nil {
			return
		}
		at := e.name
		if place != "" {
			at = place + "." + e.name
		}
		d.settings.lines[at] = d.doc.line(e.key.start)
		if !contains(keys, e.name) {
			d.unknown(e.name, in, at, keys)
			return
		}
		read(e.name, at, e.value)
	}
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func (d *decoder) unknown(key, in, place string, keys []string) {
	if near := Nearest(strings.ToLower(key), keys); near != "" {
		d.fail(place, "Change the key to "+near+".", "unknown key %s in %s, did you mean %q", quote(key), in, near)
		return
	}
	d.fail(place, "Remove the key, or correct its name.", "unknown key %s in %s, expected one of %s", quote(key), in, strings.Join(keys, ", "))
}

func (d *decoder) root(t *table) {
	s := d.settings
	d.each(t, "the file", "", rootKeys, func(key, place string, v value) {
		switch key {
		case "endpoint":
			d.endpoints(place, v)
			return
		case "search":
			d.searches(place, v)
			return
		}
		if v.table == nil {
			d.fail(place, "Write it as ["+key+"] on a line of its own.", "%s is %s, expected a table [%s]", key, describe(v), key)
			return
		}
		switch in := "[" + key + "]"; key {
		case "tunnel":
			d.each(v.table, in, place, tunnelKeys, d.tunnel)
		case "shop":
			d.each(v.table, in, place, shopKeys, func(_, place string, v value) { d.filled(place, v, &s.Shop.URL) })
		case "keep":
			d.each(v.table, in, place, keepKeys, d.keep)
		case "limits":
			d.each(v.table, in, place, limitsKeys, d.limits)
		case "notify":
			d.each(v.table, in, place, notifyKeys, d.notify)
		case "window":
			d.each(v.table, in, place, windowKeys, d.window)
		}
	})
}

func (d *decoder) tunnel(key, place string, v value) {
	t := &d.settings.Tunnel
	switch key {
	case "kind":
		d.choice(place, v, &t.Kind, tunnelKinds)
	case "domain":
		d.text(place, v, &t.Domain)
	case "authtoken":
		d.reference(place, v, &t.Authtoken)
	case "listen":
		d.text(place, v, &t.Listen)
	case "https":
		d.boolean(place, v, &t.HTTPS)
	default:
		d.ssh(key, place, v)
	}
}

func (d *decoder) ssh(key, place string, v value) {
	t := &d.settings.Tunnel
	switch key {
	case "service":
		d.text(place, v, &t.Service)
	case "server":
		d.text(place, v, &t.Server)
	case "bind":
		d.text(place, v, &t.Bind)
	case "run":
		d.text(place, v, &t.Run)
	case "url":
		d.text(place, v, &t.URL)
	case "key":
		d.keyFile(place, v, &t.Key)
	case "host_key":
		d.text(place, v, &t.HostKey)
	}
}

func (d *decoder) keep(key, place string, v value) {
	k := &d.settings.Keep
	switch key {
	case "days":
		var n int64
		if d.integer(place, v, &n); d.wrong == nil {
			k.Days = int(max(-1, min(n, maxDays+1))) // so that it fits and is still out of range
			if int64(k.Days) != n {
				d.fail(place, adviceDays, "days is %s, expected 0 to %d", quote(v.text), maxDays)
			}
		}
	case "size":
		d.size(place, v, &k.Size)
	case "encrypt":
		d.reference(place, v, &k.Encrypt)
	}
}

// list calls read with each table of a list of tables, until a finding.
func (d *decoder) list(place string, v value, read func(t *table, place string)) {
	if v.kind != unstable.ArrayTable && v.kind != unstable.Array {
		d.fail(place, "Write [["+place+"]] with two brackets on each side.", "%s is %s, expected a list of tables [[%s]]", place, describe(v), place)
		return
	}
	for i, item := range v.items {
		at := fmt.Sprintf("%s[%d]", place, i)
		d.settings.lines[at] = d.doc.line(item.at.start)
		if item.table == nil {
			d.fail(at, "Write [["+place+"]] with its keys below.", "%s %d is %s, expected a table [[%s]]", place, i+1, describe(item), place)
			return
		}
		if read(item.table, at); d.wrong != nil {
			return
		}
	}
}

func (d *decoder) endpoints(place string, v value) {
	s := d.settings
	d.list(place, v, func(t *table, at string) {
		e := Endpoint{}
		e.fill()
		d.each(t, "[[endpoint]]", at, endpointKeys, func(key, place string, v value) { d.endpoint(&e, key, place, v) })
		if d.wrong != nil {
			return
		}
		if t.get("path") == nil && e.Provider != "" {
			e.Path = NewPath(e.Provider)
			s.Generated = append(s.Generated, e.Name)
		}
		s.Endpoints = append(s.Endpoints, e)
	})
}

func (d *decoder) endpoint(e *Endpoint, key, place string, v value) {
	switch key {
	case "name":
		d.text(place, v, &e.Name)
	case "provider":
		d.text(place, v, &e.Provider)
	case "path":
		d.filled(place, v, &e.Path)
	case "secrets":
		d.references(place, v, &e.Secrets)
	case "forward":
		d.text(place, v, &e.Forward)
	case "answer":
		d.choice(place, v, &e.Answer, answers)
	case "unverified":
		d.choice(place, v, &e.Unverified, unverifieds)
	case "tolerance":
		d.span(place, v, &e.Tolerance, tolerances)
	case "verify_token":
		d.token(place, v, &e.VerifyToken)
	case "learn_secret":
		d.boolean(place, v, &e.LearnSecret)
	case "concurrency":
		d.concurrency(place, v, &e.Concurrency)
	case "when_stuck":
		d.choice(place, v, &e.WhenStuck, whenStucks)
	case "probe":
		d.text(place, v, &e.Probe)
	}
}

func (d *decoder) concurrency(place string, v value, to *int) {
	var n int64
	if d.integer(place, v, &n); d.wrong != nil {
		return
	}
	if n < 1 || n > maxPlaces {
		d.wrong = wrongConcurrency(place, v.text)
		return
	}
	*to = int(n)
}

func (d *decoder) span(place string, v value, to *time.Duration, in spanRange) {
	if v.kind != unstable.String && v.kind != unstable.Integer {
		d.wrongType(place, v, "a time span in quotes, such as \""+in.such+"\"")
		return
	}
	span, err := parseSpan(strings.ReplaceAll(v.text, "_", ""))
	if err != nil || span < in.least || span > in.most {
		d.wrong = in.wrong(place, v.text)
		return
	}
	*to = span
}

func (d *decoder) size(place string, v value, to *int64) {
	if v.kind == unstable.Integer {
		d.integer(place, v, to)
		return
	}
	if v.kind != unstable.String {
		d.wrongType(place, v, "a size in quotes, such as \"2GB\"")
		return
	}
	n, err := ParseSize(v.text)
	if err != nil {
		d.fail(place, "Write a number and one of kB, MB, GB, TB, KiB, MiB, GiB, TiB.", "%s is %s, expected a number and a unit, such as \"2GB\"", lastKey(place), quote(v.text))
		return
	}
	*to = n
}

func (d *decoder) integer(place string, v value, to *int64) {
	if v.kind != unstable.Integer {
		d.wrongType(place, v, "a whole number")
		return
	}
	n, err := strconv.ParseInt(v.text, 0, 64) // base 0 knows TOML's 0x, 0o, 0b and "_"
	if err != nil {
		d.fail(place, "Write a smaller number.", "%s is %s, expected a whole number of at most 64 bits", lastKey(place), quote(v.text))
		return
	}
	*to = n
}
