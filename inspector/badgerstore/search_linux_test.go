package badgerstore

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
	"shopbell/providers/signature"
)

// BenchmarkSearch fills a store with webhooks of 1.5 KB (100,000, or as many as
// CAPTURES says), indexes them, and asks what people ask. us/capture is CPU
// time, B/capture is disk, first is a page of 50 on a store just opened whose
// files are not in memory, ns/op is the same page again. CAPTURES_DIR keeps the
// store for another run.
func BenchmarkSearch(b *testing.B) {
	n := 100_000
	if text := os.Getenv("CAPTURES"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	dir := b.TempDir()
	if at := os.Getenv("CAPTURES_DIR"); at != "" {
		dir = at
	}
	fillStore(b, dir, n)
	figures := indexStore(b, dir)
	b.Run("index", func(b *testing.B) {
		for unit, v := range figures {
			b.ReportMetric(v, unit)
		}
	})
	middle := fmt.Sprintf("ord_%09d", n/2)
	for _, query := range []string{
		"", middle, "body.data.order:" + middle, "nowhere-at-all", "ord_00", "jan.kowalski" + strconv.Itoa(n/2), "id:evt_99999999",
		"outcome:mismatch", "status:5xx", "status:503", "endpoint:\"shop 7\"", "event:refund", "is:pinned", "size:>100k",
		"provider:tweed -outcome:verified", "body.data.total:77123.45", "header.X-Signature:" + middle, `"Kowalski ` + strconv.Itoa(n/2) + `"`, "since:1s", "zq",
	} {
		b.Run(query, func(b *testing.B) { askStore(b, dir, query) })
	}
}

func askStore(b *testing.B, dir, query string) {
	evict(b, dir)
	s := openTest(b, Options{Dir: dir, segment: -1})
	q, err := inspector.ParseQuery(query, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	found := 0
	ask := func() {
		page, err := s.Page(context.Background(), q, ulid.ULID{}, 50)
		if err != nil {
			b.Fatal(err)
		}
		found = len(page)
	}
	began := time.Now()
	ask()
	first := time.Since(began)
	for b.Loop() {
		ask()
	}
	b.ReportMetric(first.Seconds()*1000, "first-ms")
	b.ReportMetric(float64(found), "found")
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

func fillStore(b *testing.B, dir string, n int) {
	s := openTest(b, Options{Dir: dir, segment: -1})
	n -= s.Counts().All
	var wg sync.WaitGroup
	for w := range 256 {
		wg.Go(func() {
			for i := w; i < n; i += 256 {
				if err := s.Keep(context.Background(), webhook(i)); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

func indexStore(b *testing.B, dir string) map[string]float64 {
	before := diskUsage(dir)
	s := openTest(b, Options{Dir: dir})
	began, cpu := time.Now(), cpuTime(b)
	for s.index.passes.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	wall, cpu := time.Since(began), cpuTime(b)-cpu
	n := 0
	for _, g := range segmentsOf(b, s) {
		n += g.n
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	each := func(v float64) float64 { return v / float64(max(n, 1)) }
	return map[string]float64{
		"us/capture": each(cpu.Seconds() * 1e6), "wall-us/capture": each(wall.Seconds() * 1e6),
		"B/capture": each(float64(diskUsage(dir) - before)),
	}
}

func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// evict lets go of what the system keeps in memory of the files in dir.
func evict(b *testing.B, dir string) {
	const dontNeed = 4
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		b.Fatal(err, files)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		if _, _, e := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0); e != 0 {
			b.Fatal(e)
		}
		f.Close()
	}
}

// webhook is a capture like those that shops get: about 1.5 KB of JSON and a
// header of 0.7 KB, with a dozen values that are different each time.
func webhook(i int) *inspector.Capture {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	raw := make([]byte, 96)
	for k := range raw {
		raw[k] = byte(r.Uint32())
	}
	at := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC).Add(time.Duration(i) * 37 * time.Millisecond)
	order, event := fmt.Sprintf("ord_%09d", i), []string{"order.paid", "order.paid", "order.created", "refund.done"}[i%4]
	body := fmt.Sprintf(`{"id":"evt_%012d","type":%q,"created":%q,"livemode":true,"api_version":"2026-04-01","data":{"order":%q,"uuid":%q,"number":%d,"total":%d.%02d,"currency":"PLN",
"customer":{"id":"cus_%s","name":"Jan Kowalski %d","email":"jan.kowalski%d@example.pl","phone":"+48600%06d","address":{"street":"Marszałkowska %d","city":"Warszawa","postcode":"%02d-%03d","country":"PL"}},
"items":[{"sku":"SKU-%05d","name":"Kubek ceramiczny z nadrukiem","quantity":%d,"unit_price":"39.99","tax":"23%%","category":"kitchen/cups"},{"sku":"SKU-%05d","name":"Koszulka bawełniana rozmiar XL","quantity":1,"unit_price":"79.00","tax":"23%%","category":"clothes/shirts"}],
"payment":{"method":"card","brand":"visa","last4":"%04d","status":"succeeded","transaction":"txn_%s","captured_at":%q},
"shipping":{"carrier":"inpost","service":"paczkomat","point":"WAW%03dM","tracking":"%d","estimated_days":2,"price":"12.99"},
"metadata":{"source":"storefront","campaign":"autumn-sale","locale":"pl_PL","session":%q,"user_agent_family":"Firefox","consent_marketing":false,"loyalty_points":%d}},
"links":{"self":"https://api.tweed.example/v2/orders/%s","customer":"https://api.tweed.example/v2/customers/me","invoice":"https://files.tweed.example/invoices/2026/11/%s.pdf"}}`,
		i, event, at.Format(time.RFC3339Nano), order, hex.EncodeToString(raw[:16]), 100000+i, r.IntN(100000), r.IntN(100),
		base64.RawURLEncoding.EncodeToString(raw[16:28]), i, i, r.IntN(1000000), r.IntN(200), r.IntN(100), r.IntN(1000),
		r.IntN(2000), 1+r.IntN(5), r.IntN(2000), r.IntN(10000), hex.EncodeToString(raw[28:40]), at.Add(-time.Second).Format(time.RFC3339),
		r.IntN(1000), 600000000000000+r.Int64N(1e14), hex.EncodeToString(raw[40:56]), r.IntN(5000), order, order)
	c := sample(fmt.Sprintf("shop %d", i%10), fmt.Sprintf("evt_%012d", i), body)
	c.Event, c.Received, c.Hint = event, at, "Order "+order+", J*** K***"
	c.Outcome = []signature.Outcome{signature.Verified, signature.Mismatch}[max(i%1000-998, 0)]
	c.State, c.Status, c.Attempts = inspector.Done, 200, 1
	if i%20000 == 77 {
		c.Status = 503
	}
	c.Message.Header = signature.Header{
		{Name: "Host", Value: "quiet-river.tunnel.example"}, {Name: "User-Agent", Value: "Tweed-Webhooks/2.1 (+https://tweed.example/docs/webhooks)"},
		{Name: "Accept", Value: "*/*"}, {Name: "Accept-Encoding", Value: "gzip, deflate"}, {Name: "Content-Type", Value: "application/json; charset=utf-8"},
		{Name: "Content-Length", Value: strconv.Itoa(len(body))}, {Name: "X-Tweed-Event", Value: event}, {Name: "X-Tweed-Delivery", Value: c.DeliveryID},
		{Name: "X-Tweed-Timestamp", Value: strconv.FormatInt(at.Unix(), 10)}, {Name: "X-Signature", Value: "sha256=" + hex.EncodeToString(raw[56:88])},
		{Name: "X-Forwarded-For", Value: "203.0.113.7"}, {Name: "X-Forwarded-Proto", Value: "https"}, {Name: "X-Request-Id", Value: hex.EncodeToString(raw[80:96])},
	}
	return c
}
