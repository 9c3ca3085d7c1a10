package inspector

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// deadlines is a writer that notes the read deadlines it is given.
type deadlines struct {
	http.ResponseWriter
	set []time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error {
	d.set = append(d.set, at)
	return nil
}

func TestEveryPieceOfABodyGetsTheWholeIdleTime(t *testing.T) {
	w := &deadlines{ResponseWriter: httptest.NewRecorder()}
	i := &Inspector{limits: Limits{Idle: time.Hour}.withDefaults()}
	r := httptest.NewRequest(http.MethodPost, "/t", iotest.OneByteReader(strings.NewReader("12345678")))
	r.ContentLength = 8
	began := time.Now()
	body, fault := i.readBody(w, r)
	if fault != nil || string(body) != "12345678" {
		t.Fatalf("read %q, %+v", body, fault)
	}
	if len(w.set) != 9 || !w.set[8].IsZero() {
		t.Fatalf("deadlines %v, expected one for each byte and none in the end", w.set)
	}
	for _, at := range w.set[:8] {
		if at.Before(began.Add(time.Hour)) {
			t.Errorf("a deadline is %v after the beginning, expected an hour or more", at.Sub(began))
		}
	}
	if used := i.room.used.Load(); used != int64(cap(body)) {
		t.Errorf("%d bytes are reserved for a buffer of %d", used, cap(body))
	}
}

func TestBodiesTogetherAreBounded(t *testing.T) {
	i := &Inspector{limits: Limits{}.withDefaults()}
	if !i.room.take(bodyRoom - 1000) {
		t.Fatal("the room is not empty")
	}
	for _, length := range []int64{-1, 2000} {
		r := httptest.NewRequest(http.MethodPost, "/t", io.LimitReader(endless{}, 2000))
		r.ContentLength = length
		if _, fault := i.readBody(httptest.NewRecorder(), r); fault == nil || fault.Status != 503 {
			t.Errorf("length %d: fault %+v, expected a 503", length, fault)
		}
		if used := i.room.used.Load(); used != bodyRoom-1000 {
			t.Errorf("length %d: %d bytes are still reserved", length, used-(bodyRoom-1000))
		}
	}
}

// endless is a body without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
