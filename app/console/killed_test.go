package console_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// killsEnv is how often the program is killed; 100 takes some minutes.
const killsEnv = "SHOPBELL_KILLS"

// ledger is what a side saw of the deliveries, by path.
type ledger struct {
	sync.Mutex
	times map[string]int
	body  map[string][sha256.Size]byte
}

func newLedger() *ledger {
	return &ledger{times: map[string]int{}, body: map[string][sha256.Size]byte{}}
}

func (l *ledger) note(path string, body []byte) {
	l.Lock()
	defer l.Unlock()
	l.times[path]++
	l.body[path] = sha256.Sum256(body)
}

// campaign is a shop, senders and a program that is killed again and again.
type campaign struct {
	t        *testing.T
	data     string
	config   string
	shop     *ledger
	sent     *ledger
	answered *ledger
	next     atomic.Int64
}

func newCampaign(t *testing.T) *campaign {
	c := &campaign{t: t, data: t.TempDir(), shop: newLedger(), sent: newLedger(), answered: newLedger()}
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // cut off with its sender: not a whole request
		}
		c.shop.note(r.URL.Path, body)
		time.Sleep(time.Duration(rand.N(3000)) * time.Microsecond)
	}))
	t.Cleanup(shop.Close)
	c.config = filepath.Join(t.TempDir(), "shopbell.toml")
	text := fmt.Sprintf("[shop]\nurl = %q\n", shop.URL)
	for _, e := range [][2]string{{"relay", "shop"}, {"queue", "accept"}} {
		text += fmt.Sprintf("[[endpoint]]\nname = %q\nprovider = \"truust\"\npath = \"/%s\"\nanswer = %q\n", e[0], e[0], e[1])
	}
	if err := os.WriteFile(c.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return c
}

// round floods one run of the program and kills it at a random moment.
func (c *campaign) round() {
	serve := startServe(c.t, c.data, "--config", c.config)
	go func() { // its lines must not fill the pipe
		for serve.lines.Scan() {
		}
	}()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}, Timeout: patience}
	defer client.CloseIdleConnections()
	var dead atomic.Bool
	var senders sync.WaitGroup
	for range 16 {
		senders.Go(func() {
			for !dead.Load() {
				c.deliver(client, serve)
			}
		})
	}
	time.Sleep(time.Duration(30+rand.N(500)) * time.Millisecond)
	if err := serve.Process.Kill(); err != nil {
		c.t.Fatal(err)
	}
	dead.Store(true)
	_ = serve.Wait() // it says that it was killed
	senders.Wait()
}

// deliver sends a body of its own, small or large, to one of the endpoints.
func (c *campaign) deliver(client *http.Client, serve *process) {
	n := c.next.Add(1)
	path := fmt.Sprintf("/%s/%d", []string{"relay", "queue"}[n%2], n)
	size := []int{50, 1500, 1500, 1500, 80_000, 1 << 20}[rand.N(6)]
	body := `{"n":` + strconv.FormatInt(n, 10) + `,"pad":"` + strings.Repeat("x", size) + `"}`
	c.sent.note(path, []byte(body))
	response, err := client.Post(serve.url(path), "application/json", strings.NewReader(body))
	if err != nil {
		return
	}
	_, err = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	if err == nil && response.StatusCode == http.StatusOK {
		c.answered.note(path, nil)
	}
}

// settle lets the queue drain in a last run, which ends in peace.
func (c *campaign) settle() {
	serve := startServe(c.t, c.data, "--config", c.config)
	go func() {
		for serve.lines.Scan() {
		}
	}()
	for end := time.Now().Add(patience); ; time.Sleep(100 * time.Millisecond) {
		code, out, talk := run(c.t, nil, "list", "--json", "endpoint:queue is:waiting", "--data", c.data, "--config", c.config)
		if code != 0 {
			c.t.Fatalf("list ended with %d: %s", code, talk)
		}
		if out == "" {
			break
		}
		if time.Now().After(end) {
			_, q, _ := run(c.t, nil, "queue", "list", "--json", "--data", c.data, "--config", c.config)
			c.t.Fatalf("the queue does not drain: %s\n%.300s", q, out)
		}
	}
	if err := serve.Process.Signal(os.Interrupt); err != nil {
		c.t.Fatal(err)
	}
	if err := serve.Wait(); err != nil {
		c.t.Errorf("serve ended with %v: %s", err, serve.stderr)
	}
}

// check compares what senders, store and shop have.
func (c *campaign) check() {
	kept := map[string]map[string]any{}
	for _, object := range listed(c.t, c.data) {
		path := object["path"].(string)
		if kept[path] != nil {
			c.t.Errorf("%s is in the store twice", path)
		}
		kept[path] = object
	}
	for path := range c.answered.times {
		if kept[path] == nil {
			c.t.Errorf("%s was answered and is not in the store", path)
		}
	}
	for path, times := range c.shop.times {
		if c.shop.body[path] != c.sent.body[path] {
			c.t.Errorf("%s came to the shop changed", path)
		}
		if kept[path] == nil {
			c.t.Errorf("%s came to the shop and is not in the store", path)
			continue
		}
		deliveries, _ := kept[path]["deliveries"].([]any)
		if times > len(deliveries) || times > 1 && !marked(deliveries) {
			c.t.Errorf("%s came to the shop %d times; the store has %v", path, times, deliveries)
		}
	}
}

// marked tells whether it can be seen that the shop may have a delivery twice.
func marked(deliveries []any) bool {
	for _, d := range deliveries {
		if d.(map[string]any)["repeated"] == true {
			return true
		}
	}
	return false
}

func TestKilledAgainAndAgainLosesNothingAndSendsNothingTwiceUnmarked(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv(killsEnv))
	if err != nil {
		kills = 4
	}
	c := newCampaign(t)
	for range kills {
		c.round()
	}
	c.settle()
	c.check()
	t.Logf("%d kills: %d sent, %d answered, %d at the shop", kills, len(c.sent.times), len(c.answered.times), len(c.shop.times))
}
