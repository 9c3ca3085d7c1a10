package inspector_test

import (
	"bufio"
	"net"
	"testing"
	"time"

	"shopbell/inspector"
)

func crowded(o *inspector.Options) {
	o.Limits = inspector.Limits{Connections: 8, Idle: 3 * time.Second}
}

func TestMoreSendersThanPlacesAreAllAnswered(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, crowded)
	lines := make([]net.Conn, 50)
	for i := range lines {
		lines[i] = r.dial()
	}
	for _, line := range lines {
		if _, err := line.Write([]byte(post("hello"))); err != nil {
			t.Fatal(err)
		}
	}
	for i, line := range lines {
		if reply := readReply(t, bufio.NewReader(line)); reply.Status != 200 {
			t.Errorf("sender %d was answered %d, expected 200", i, reply.Status)
		}
	}
	if n := len(r.captures()); n != len(lines) {
		t.Errorf("%d captures are kept, expected %d", n, len(lines))
	}
}

func TestSilentConnectionsDoNotKeepASenderOut(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, crowded)
	for range 8 {
		r.dial()
	}
	if reply := r.raw(post("hello")); reply.Status != 200 {
		t.Errorf("answered %d, expected 200", reply.Status)
	}
}

func TestAFullHouseStillCloses(t *testing.T) {
	r := start(t, []inspector.Endpoint{plain()}, crowded)
	for range 20 {
		r.dial()
	}
	if err := r.inspector.Close(); err != nil {
		t.Error(err)
	}
}
