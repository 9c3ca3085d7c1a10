package rehearsal_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const secret = "whsec_shop_of_this_test"

// shop books payments. What it gets wrong is told by its fields.
type shop struct {
	trusts  bool // checks no signature
	forgets bool // knows no id again, no age of a signature, no order, no event
	works   time.Duration

	mu     sync.Mutex
	seen   map[string]bool
	Booked []string                  `json:"booked"`
	Orders map[string]map[string]any `json:"orders"`
}

type event struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Created int64  `json:"created"`
	Data    struct {
		Object struct {
			ID     string `json:"id"`
			Status string `json:"status"`
		} `json:"object"`
	} `json:"data"`
}

// open starts the shop; its state is at /state.
func (s *shop) open(t *testing.T) string {
	s.seen, s.Booked, s.Orders = map[string]bool{}, []string{}, map[string]map[string]any{}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server.URL
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/state" {
		s.mu.Lock()
		defer s.mu.Unlock()
		_ = json.NewEncoder(w).Encode(s)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	if !s.trusts && !s.holds(r.Header.Get("Stripe-Signature"), body) {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.book(e)
	_, _ = io.WriteString(w, "ok")
}

// holds checks a signature as Stripe's documentation says, with hmac alone.
func (s *shop) holds(header string, body []byte) bool {
	stamp, sign := "", ""
	for field := range strings.SplitSeq(header, ",") {
		if v, is := strings.CutPrefix(field, "t="); is {
			stamp = v
		}
		if v, is := strings.CutPrefix(field, "v1="); is {
			sign = v
		}
	}
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(stamp + "." + string(body)))
	at, err := strconv.ParseInt(stamp, 10, 64)
	young := err == nil && time.Since(time.Unix(at, 0)).Abs() < 5*time.Minute
	return hmac.Equal([]byte(hex.EncodeToString(h.Sum(nil))), []byte(sign)) && (young || s.forgets)
}

func (s *shop) book(e event) {
	if !s.forgets {
		s.mu.Lock()
		known := s.seen[e.ID]
		s.seen[e.ID] = true
		s.mu.Unlock()
		if known || !strings.HasPrefix(e.Type, "payment_intent.") {
			return
		}
	}
	time.Sleep(s.works)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Booked = append(s.Booked, e.ID)
	o := e.Data.Object
	old := s.Orders[o.ID]
	if !s.forgets && old != nil && old["created"].(int64) > e.Created {
		return
	}
	s.Orders[o.ID] = map[string]any{"status": o.Status, "created": e.Created}
}
