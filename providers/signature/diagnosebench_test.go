package signature

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// largeJSON is an order with many lines, of about size bytes.
func largeJSON(size int) string {
	var b strings.Builder
	b.WriteString(`{"id":"evt_1","created":1714996800,"lines":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"sku":"A/%d","name":"Zażółć <b>gęślą</b> jaźń","price":%d.50,"tags":["x","y"],"url":"https://shop.example/p/%d"}`, i, i, i)
	}
	b.WriteString("]}")
	return b.String()
}

// BenchmarkDiagnose100KB50Secrets is the worst case: nothing explains the
// failure, so that everything is tried until the time is over.
func BenchmarkDiagnose100KB50Secrets(b *testing.B) {
	i := Inquiry{Scheme: listScheme(), Own: secrets("key"), Others: rings(50), Now: noon}
	i.Message = sign(b, i.Scheme, post(largeJSON(100<<10)), "unknown")
	for _, within := range []time.Duration{0, time.Minute} {
		b.Run(fmt.Sprint("within ", within), func(b *testing.B) {
			i.Within = within
			var longest time.Duration
			tried := 0
			for b.Loop() {
				start := time.Now()
				d := i.Diagnose(context.Background())
				longest, tried = max(longest, time.Since(start)), len(d.Tried)
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/diagnosis")
			b.ReportMetric(float64(longest.Milliseconds()), "ms-longest")
			b.ReportMetric(float64(tried), "looks")
		})
	}
}

// hostile are messages made to keep a diagnosis busy.
func hostile(t testing.TB) map[string]Message {
	s := listScheme()
	header := func(m Message, n int, name, value string) Message {
		for range n {
			m.Header = append(m.Header, Field{name, value})
		}
		return m
	}
	signed := func(body string) Message { return sign(t, s, post(body), "unknown") }
	bodyOf := func(body []byte) Message { return received(signed("{}"), string(body)) }
	return map[string]Message{
		"1 MB of JSON":          signed(largeJSON(1<<20 - 4096)),
		"1 MB of open brackets": bodyOf(bytes.Repeat([]byte("["), 1<<20)),
		"deep JSON":             signed(`{"a":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + "}"),
		"1 MB of one key":       signed(`{` + strings.Repeat(`"a":1,`, 170_000) + `"b":2}`),
		"1 MB of escapes":       signed(`{"a":"` + strings.Repeat("/<\u00e9", 250_000) + `"}`),
		"1 MB of a form":        bodyOf(bytes.Repeat([]byte("a=%2f+&"), 149_000)),
		"a gzip bomb":           bodyOf(bomb()),
		"10,000 headers":        header(signed(largeJSON(10_000)), 10_000, "X-Signature-Time-Id", strings.Repeat("ab", 32)),
		"10,000 signatures":     post("{}", "Signature", "ts=2024-05-06T12:00:00.000Z;"+strings.Repeat("v1="+strings.Repeat("ab", 32)+";", 10_000)),
		"32 MB":                 signed(`{"a":"` + strings.Repeat("x", 32<<20) + `"}`),
	}
}

func bomb() []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(make([]byte, 64<<20))
	_ = w.Close()
	return b.Bytes()
}

// BenchmarkDiagnoseHostile prints how long each of them takes, with 50 secrets
// and 300 rivals.
func BenchmarkDiagnoseHostile(b *testing.B) {
	var rivals []Rival
	for i := range 300 {
		s := bodyScheme(SHA256, "")
		s.At = []Part{{Kind: PartHeader, Name: "X-Rival-" + itoa(int64(i))}}
		rivals = append(rivals, Rival{Provider: "p" + itoa(int64(i)), Name: "Rival", Scheme: s})
	}
	for name, m := range hostile(b) {
		b.Run(name, func(b *testing.B) {
			i := Inquiry{Scheme: listScheme(), Message: m, Own: secrets("key"), Others: rings(50), Rivals: rivals, Now: noon}
			for b.Loop() {
				i.Diagnose(context.Background())
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/diagnosis")
		})
	}
}
