package signature

import (
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
