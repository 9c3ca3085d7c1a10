//go:build e2e

package main

import (
	"encoding/binary"
	"io"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// close asks the window to close as a window manager does, which no program of
// Debian 12 can do without one: WM_DELETE_WINDOW of the ICCCM, sent by the X11
// protocol.
func (w *window) close(t *testing.T) {
	t.Helper()
	find := exec.Command("xdotool", "search", "--onlyvisible", "--name", "Shopbell")
	find.Env = w.env
	out, err := find.Output()
	if err != nil {
		t.Fatalf("finding the window: %v", err)
	}
	id, err := strconv.ParseUint(strings.Fields(string(out))[0], 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	x := connectX(t, w.displayName())
	protocols, remove := x.atom("WM_PROTOCOLS"), x.atom("WM_DELETE_WINDOW")
	message := []byte{25, 0, 11, 0} // SendEvent
	for _, v := range []uint32{uint32(id), 0, 33 | 32<<8, uint32(id), protocols, remove, 0, 0, 0, 0} {
		message = binary.LittleEndian.AppendUint32(message, v)
	}
	x.send(message)
	x.send([]byte{43, 0, 1, 0}) // GetInputFocus: its answer tells that the rest was read
	x.read(32)
}

// displayName is the number of the display in w's environment.
func (w *window) displayName() (number string) {
	for _, kv := range w.env {
		if name, is := strings.CutPrefix(kv, "DISPLAY=:"); is {
			number = name // the last one counts
		}
	}
	return number
}

// xConn speaks the X11 protocol, little-endian.
type xConn struct {
	t    *testing.T
	conn net.Conn
}

func connectX(t *testing.T, display string) xConn {
	t.Helper()
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	x := xConn{t, conn}
	x.send([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	head := x.read(8)
	if head[0] != 1 {
		t.Fatal("the display refuses the connection")
	}
	x.read(4 * int(binary.LittleEndian.Uint16(head[6:])))
	return x
}

func (x xConn) send(request []byte) {
	x.t.Helper()
	if _, err := x.conn.Write(request); err != nil {
		x.t.Fatal(err)
	}
}

func (x xConn) read(n int) []byte {
	x.t.Helper()
	answer := make([]byte, n)
	if _, err := io.ReadFull(x.conn, answer); err != nil {
		x.t.Fatal(err)
	}
	return answer
}

// atom is the number of a name.
func (x xConn) atom(name string) uint32 {
	x.t.Helper()
	words := (len(name) + 3) / 4
	request := []byte{16, 0, byte(2 + words), 0, byte(len(name)), 0, 0, 0}
	request = append(append(request, name...), make([]byte, 4*words-len(name))...)
	x.send(request)
	return binary.LittleEndian.Uint32(x.read(32)[8:])
}
