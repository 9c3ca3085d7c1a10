package badgerstore

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// dice makes random captures and queries that have something to do with them.
type dice struct {
	*rand.Rand
	now   time.Time
	words []string // what stands in the captures made so far, and what does not
}

func newDice(seed uint64, now time.Time) *dice {
	return &dice{Rand: rand.New(rand.NewPCG(seed, 1)), now: now, words: []string{
		"nowhere", "zażółć", "ŻÓŁW", "K\u212Aelvin", "ſtraße", "İstanbul", "北京市朝阳区", "a", "ab", "u0142", `"a":1`, "100.5", "1e2", "true", "null",
	}}
}

func pick[T any](d *dice, of ...T) T { return of[d.IntN(len(of))] }

func (d *dice) word() string {
	w := pick(d, "ord_", "cus-", "Jan ", "łódź", "Ünïcode ", "北京", "\u212A", "a\"b\\c", "x/y", "100.", "e", "") + strconv.FormatInt(d.Int64N(2000), 10+d.IntN(26))
	if d.IntN(4) == 0 {
		w += pick(d, " i synowie", "@example.pl", "ſ", "\n", "-ABC", "<&>", "💳")
	}
	d.words = append(d.words, w)
	return w
}

func (d *dice) capture() *inspector.Capture {
	c := sample(pick(d, "live", "test", "Ślub", ""), d.word(), "")
	c.Received = d.now.Add(-time.Duration(d.IntN(100)) * time.Hour)
	c.Provider, c.Event, c.Hint = pick(d, "tweed", "yshop", "twisto"), pick(d, "order.paid", "order.refunded", d.word()), d.word()
	c.Outcome = pick(d, signature.Verified, signature.Mismatch, signature.Missing, signature.Unsigned)
	c.State, c.Status = pick(d, inspector.Done, inspector.Waiting, inspector.Held), pick(d, 0, 200, 204, 404, 500, 503, 999, 1200)
	c.Pinned, c.Path = d.IntN(9) == 0, "/hooks/"+d.word()
	if d.IntN(5) == 0 {
		c.Note = d.word()
	}
	kind, coding, body := d.body()
	c.Message.Header = signature.Header{{Name: "Content-Type", Value: kind}, {Name: "X-" + pick(d, "Id", "Shop", "Empty"), Value: pick(d, "", d.word())}}
	if coding != "" {
		c.Message.Header = append(c.Message.Header, signature.Field{Name: "content-encoding", Value: coding})
	}
	c.Message.Body, c.Size = body, int64(len(body))
	return c
}

func (d *dice) body() (kind, coding string, body []byte) {
	switch d.IntN(8) {
	case 0:
		form := url.Values{"mail": {d.word()}, "total": {d.word()}, "payload": {string(d.json(2))}}
		return "application/x-www-form-urlencoded", "", []byte(form.Encode())
	case 1:
		return "text/xml", "", fmt.Appendf(nil, "<a b=\"%s\">&#x142;&amp;%s</a>", d.word(), d.word())
	case 2:
		body = make([]byte, d.IntN(2000))
		for i := range body {
			body[i] = byte(d.Uint32())
		}
		return "application/octet-stream", "", append(body, d.word()...)
	case 3:
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write(d.json(3)) // a buffer never fails
		_ = w.Close()
		return "application/json", "gzip", b.Bytes()
	case 4:
		return "multipart/form-data; boundary=b", "", fmt.Appendf(nil,
			"--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C5=82%s\r\n--b\r\n\r\n%s\r\n--b--\r\n", d.word(), d.word())
	case 5:
		if d.IntN(4) == 0 {
			return "text/plain", "", []byte(strings.Repeat(d.word()+" ", 7_000) + d.word())
		}
		return "application/x-www-form-urlencoded", "", d.json(3) // many call JSON a form
	}
	return "application/json", "", d.json(3)
}

func (d *dice) json(depth int) []byte {
	m := map[string]any{}
	for range d.IntN(5) {
		m[pick(d, "id", "total", "name", "data", "na\"me", "łódź")] = d.value(depth)
	}
	b, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	if d.IntN(2) == 0 {
		b = bytes.ReplaceAll(b, []byte("ł"), []byte(`\u0142`))
	}
	return b
}

func (d *dice) value(depth int) any {
	switch d.IntN(7) {
	case 0:
		return json.RawMessage(pick(d, "100.50", "1e2", "-7", "12345678901234567890", "100", "0.10", "true", "null", strconv.Itoa(d.IntN(3000))))
	case 1, 2:
		if depth > 0 {
			return json.RawMessage(d.json(depth - 1))
		}
	case 3:
		return []any{d.word(), d.IntN(200), map[string]any{"sku": d.word()}}
	case 4:
		return string(d.json(0))
	}
	return d.word()
}

// piece is a part of something that stands in a capture, or did.
func (d *dice) piece() string {
	r := []rune(pick(d, d.words...))
	if len(r) > 3 && d.IntN(2) == 0 {
		from := d.IntN(len(r) - 2)
		r = r[from : from+2+d.IntN(len(r)-from-1)]
	}
	if i := d.IntN(len(r) + 1); d.IntN(3) == 0 && i < len(r) {
		r[i] = pick(d, unicode.ToUpper(r[i]), unicode.SimpleFold(r[i]))
	}
	return string(r)
}

func (d *dice) query() string {
	var terms []string
	for range 1 + d.IntN(3) {
		t := d.term()
		if d.IntN(4) == 0 {
			t = "-" + t
		}
		terms = append(terms, t)
	}
	return strings.Join(terms, " ")
}

func (d *dice) term() string {
	piece := strings.ReplaceAll(strings.ReplaceAll(d.piece(), `\`, `\\`), `"`, `\"`)
	value := pick(d, `"`+piece+`"`, strings.Join(strings.Fields(strings.Trim(d.piece(), `"`)), "_"))
	switch d.IntN(16) {
	case 0:
		return "provider:" + pick(d, "tweed", "YSHOP,twisto", "no", `"Tweed"`)
	case 1:
		return "endpoint:" + pick(d, "live", "liv,test", `""`, `"ślub"`, `"tesT"`)
	case 2:
		return "event:" + pick(d, "paid", `"ORDER.paid"`, value)
	case 3:
		return "outcome:" + pick(d, "mismatch", "missing,verified", "stale")
	case 4:
		return "status:" + pick(d, "200", "5xx", "none", ">=400", "<300", ">999", "=404", "4xx,503", "<=204", "+200")
	case 5:
		return "is:" + pick(d, "pinned", "held", "waiting", "duplicate")
	case 6:
		return "size:" + pick(d, ">100", "<1k", "=0", "<=300", ">=64k", ">1M")
	case 7:
		return pick(d, "since:", "until:") + pick(d, "30m", "20h", "3d", "90h", d.now.Add(-50*time.Hour).Format(time.DateOnly))
	case 8:
		return "header." + pick(d, "Content-Type:json", "x-id:", "X-Empty:", "X-Shop:"+value, "x-id:"+value)
	case 9, 10:
		return "body." + pick(d, "id", "total", "data.id", "data.data.name", "name.#.sku", "name.#", "da*.id", "mail", "łódź", "name.1") + ":" +
			pick(d, "", value, value, "100.5", "100", ">50", "<=0", "-7", "=100", "3", "true", "null", "12345678901234567891")
	case 11:
		return pick(d, "path:", "id:") + value
	}
	if !strings.HasPrefix(value, `"`) {
		value = strings.ReplaceAll(value, ":", "_") // what stands before one is a field
	}
	return pick(d, value, `"`+piece+`"`)
}

// TestEveryRandomQueryIsOne: what a search finds is compared over these alone.
func TestEveryRandomQueryIsOne(t *testing.T) {
	d := newDice(1, time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	for range 20_000 {
		d.capture()
		if len(d.words) > 400 {
			d.words = d.words[:40]
		}
		text := d.query()
		if _, err := inspector.ParseQuery(text, d.now); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}
