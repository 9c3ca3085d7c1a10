package providers

import (
	"bytes"
	"compress/gzip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"shopbell/providers/signature"
)

// hostileSize is the length of each hostile body: as long as Shopbell takes them.
const hostileSize = 32 << 20

// hostileBodies are bodies that a stranger may send to make a receiver work.
func hostileBodies(size int) map[string][]byte {
	fill := func(head, unit, tail string) []byte {
		n := (size - len(head) - len(tail)) / len(unit)
		return []byte(head + strings.Repeat(unit, n) + tail)
	}
	count := func(head, tail string, unit func(i int) string) []byte {
		b := bytes.NewBufferString(head)
		for i := 0; b.Len() < size-len(tail)-64; i++ {
			b.WriteString(unit(i))
		}
		return append(b.Bytes(), tail...)
	}
	deep := size / 2
	return map[string][]byte{
		"nothing":           bytes.Repeat([]byte{0}, size),
		"json deep lists":   []byte(strings.Repeat("[", deep) + strings.Repeat("]", deep)),
		"json deep objects": []byte(strings.Repeat(`{"a":`, size/6) + "1" + strings.Repeat("}", size/6)),
		"json open":         bytes.Repeat([]byte(`{"a":[`), size/6),
		"json long keys":    fill(`{"z":1`, `,"`+strings.Repeat("k", 1<<20)+`":1`, "}"),
		"json one key":      fill(`{"`, "k", `":1}`),
		"json many keys":    count(`{"z":1`, "}", func(i int) string { return `,"k` + strconv.Itoa(i) + `":` + strconv.Itoa(i) }),
		"json same key":     fill(`{"z":1`, `,"id":"1"`, "}"),
		"json many lists":   fill(`[1`, `,[1,{"id":1}]`, "]"),
		"json escapes":      fill(`{"id":"`, `\u00e9`, `"}`),
		"json escaped keys": count(`{"z":1`, "}", func(i int) string { return `,"\u006b` + strconv.Itoa(i) + `":1` }),
		"json number":       fill(`{"id":`, "1", "}"),
		"json in a string":  fill(`"{\"z\":1`, `,\"id\":\"\\u00e9\"`, `}"`),
		"json lines":        fill("{}", "\n{\"id\":1}", ""),
		"json spaces":       fill(`{"z":`, " ", `1}`),
		"form one pair":     fill("id=", "%41", ""),
		"form one name":     fill("", "n", "=1"),
		"form many names":   count("z=1", "", func(i int) string { return "&k" + strconv.Itoa(i) + "=" + strconv.Itoa(i) }),
		"form same name":    fill("z=1", "&id=1", ""),
		"form brackets":     fill("z=1", "&a[b][c]=1", ""),
		"form empty":        fill("z=1", "&", ""),
		"form escapes":      fill("z=1", "&%69%64=%31", ""),
		"multipart":         fill("", "--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n", "--b--\r\n"),
		"gzip bomb":         gzipBomb(size),
		"xml":               fill("<a>", "<b c=\"1\">", "</a>"),
	}
}

// gzipBomb is zeros, compressed, that come to much more than size.
func gzipBomb(size int) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range 4 * size >> 20 {
		_, _ = w.Write(zeros)
	}
	_ = w.Close()
	one := b.Bytes()
	return bytes.Repeat(one, max(1, size/len(one)))
}

// hostileMessages are an example of p with a hostile body: as it is, and with
// the example's own members or fields around it, so that a scheme that looks
// for them goes on.
func hostileMessages(p Provider, body []byte) (out []signature.Message) {
	for _, e := range p.Examples[:1] {
		m := e.Message
		m.Body, m.Head = body, nil
		out = append(out, m)
		own := bytes.TrimSpace(e.Message.Body)
		switch {
		case len(own) > 2 && own[0] == '{' && body[0] == '{' && body[len(body)-1] == '}':
			m.Body = slices.Concat(body[:len(body)-1], []byte(","), own[1:])
			out = append(out, m)
		case len(own) > 2 && own[0] != '{' && own[0] != '[' && bytes.IndexByte(own, '=') > 0:
			m.Body = slices.Concat(own, []byte("&"), body)
			out = append(out, m)
		}
	}
	return out
}

// hostileScreen is the length of the bodies with which everything is tried, and
// hostileWorst how much of that is tried again with long ones.
const (
	hostileScreen = 64 << 10
	hostileWorst  = 40
)

// hostileTrial is one thing to do with one hostile message.
type hostileTrial struct {
	what, body string
	id         string
	variant    int
	took       time.Duration
}

// run does it with bodies of this set.
func (h *hostileTrial) run(c Catalog, bodies map[string][]byte) {
	p, _ := c.Get(h.id)
	e := p.Examples[0]
	m := hostileMessages(p, bodies[h.body])[h.variant]
	var secrets []signature.Secret
	if e.Secret != "" {
		secrets = append(secrets, signature.NewSecret("#1", e.Secret))
	}
	began := time.Now()
	switch h.what {
	case "judge":
		p.Judge(m, secrets, e.At)
	case "read":
		p.Read(m)
	case "detect":
		c.DetectAll(m)
	}
	h.took = time.Since(began)
}

// BenchmarkHostileBodies does everything with short hostile bodies as every
// provider of the catalogue, again with long ones what took longest, and
// prints the slowest of that.
func BenchmarkHostileBodies(b *testing.B) {
	c, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	slowest := func(all []hostileTrial, bodies map[string][]byte) []hostileTrial {
		for i := range all {
			all[i].run(c, bodies)
		}
		slices.SortFunc(all, func(x, y hostileTrial) int { return int(y.took - x.took) })
		return all[:min(len(all), hostileWorst)]
	}
	for b.Loop() {
		short := hostileBodies(hostileScreen)
		var all []hostileTrial
		for name, body := range short {
			for _, p := range c.All() {
				for i := range hostileMessages(p, body) {
					for _, what := range []string{"judge", "read", "detect"} {
						all = append(all, hostileTrial{what: what, body: name, id: p.ID, variant: i})
					}
				}
			}
		}
		worst := slices.Clone(slowest(all, short))
		for _, h := range slowest(worst, hostileBodies(hostileSize)) {
			b.Logf("%8.1f ms %-6s %s #%d: %s", float64(h.took.Microseconds())/1000, h.what, h.id, h.variant, h.body)
		}
	}
}
