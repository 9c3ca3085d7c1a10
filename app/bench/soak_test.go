//go:build bench && linux

package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"shopbell/app/console"
	"shopbell/app/localapi"
)

const (
	// soakKeep is the size of the store, so small that the oldest go meanwhile.
	soakKeep = "200MB"
	// soakStep is the time between two lines, soakSample that between two samples.
	soakStep   = 15 * time.Second
	soakSample = time.Second
	// flatness is how far the median of the last third may be from that of the
	// middle third, as a share of that.
	flatness = 0.2
)

// soaked is a program at one moment.
type soaked struct {
	anon                    float64 // MiB
	threads, files, sockets float64
	goroutines              float64 // 0 when not known
	captures, waiting       float64
	sent                    float64 // since the begin
}

// benchSoak lets the real program run under a mixed load, then, for a shorter
// time, the same code in a process that counts its goroutines.
func benchSoak(t *testing.T, p plan, out io.Writer) {
	length := time.Duration(p.minutes) * time.Minute
	soak(t, out, "the real program", program{}, length)
	soak(t, out, "the same code, counting its goroutines", program{goroutines: filepath.Join(t.TempDir(), "goroutines")}, max(time.Minute, length/3))
}

func soak(t *testing.T, out io.Writer, name string, p program, length time.Duration) {
	shop := startMoodyShop(t)
	p.shop, p.data, p.endpoints, p.keep = "http://"+shop.address, t.TempDir(), unsignedEndpoints(), soakKeep
	at := p.start(t)
	client := dial(t, p.data)
	m := newMixture(t, at.address, client)
	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		m.run(ctx, shop)
	}()
	text := &table{title: fmt.Sprintf("Soak: %v of mixed load, %s, a store of %s", length, name, soakKeep)}
	text.row("after", "anonymous MiB", "threads", "open files", "sockets", "goroutines", "captures", "waiting", "req/s")
	var all []soaked
	began, printed := time.Now(), 0
	for ctx.Err() == nil {
		time.Sleep(soakSample)
		now := observe(t, at, client, p.goroutines)
		now.sent = float64(m.sent.Load())
		all = append(all, now)
		if time.Since(began) >= time.Duration(printed+1)*soakStep {
			text.row(now.row(time.Since(began), all)...)
			printed = int(time.Since(began) / soakStep)
		}
	}
	<-ended
	text.notes = append([]string{m.String()}, flatnessOf(all)...)
	at.endWell(t)
	fmt.Fprint(out, text)
}

// dial finds the local API, which opens a moment after the program listens.
func dial(t *testing.T, data string) *localapi.Client {
	t.Helper()
	client, err := localapi.Dial(data)
	for end := time.Now().Add(patience); err != nil && time.Now().Before(end); client, err = localapi.Dial(data) {
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// row is one line; req/s is since the line before.
func (s soaked) row(after time.Duration, all []soaked) []string {
	step := min(len(all), int(soakStep/soakSample))
	first := all[len(all)-step]
	rate := (s.sent - first.sent) / max(1, float64(step-1)) / soakSample.Seconds()
	goroutines := "-"
	if s.goroutines > 0 {
		goroutines = fmt.Sprint(s.goroutines)
	}
	return []string{after.Round(time.Second).String(), short(s.anon), fmt.Sprint(s.threads), fmt.Sprint(s.files), fmt.Sprint(s.sockets), goroutines,
		fmt.Sprint(s.captures), fmt.Sprint(s.waiting), short(rate)}
}

// flatnessOf compares the last third with the middle one.
func flatnessOf(all []soaked) (lines []string) {
	third := len(all) / 3
	for _, v := range []struct {
		name string
		of   func(soaked) float64
	}{
		{"anonymous MiB", func(s soaked) float64 { return s.anon }},
		{"threads", func(s soaked) float64 { return s.threads }},
		{"open files", func(s soaked) float64 { return s.files }},
		{"sockets", func(s soaked) float64 { return s.sockets }},
		{"goroutines", func(s soaked) float64 { return s.goroutines }},
	} {
		middle, last := values(all[third:2*third], v.of).median(), values(all[2*third:], v.of).median()
		if middle == 0 {
			continue // not known
		}
		answer := "flat"
		if last > middle*(1+flatness) {
			answer = "GROWS"
		} else if last < middle*(1-flatness) {
			answer = "falls"
		}
		lines = append(lines, fmt.Sprintf("%s: %s, median %s of the middle third, %s of the last", v.name, answer, short(middle), short(last)))
	}
	return lines
}

// observe reads /proc/PID and asks the local API.
func observe(t *testing.T, at target, client *localapi.Client, goroutines string) (s soaked) {
	t.Helper()
	pid := at.process.cmd.Process.Pid
	s.anon = mib(readMemory([]int{pid}).anon)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatalf("the program has ended: %s", at.process.said())
	}
	if _, rest, found := strings.Cut(string(status), "\nThreads:"); found {
		s.threads = float64(numbers(strings.Fields(rest)[:1])[0])
	}
	s.files, s.sockets = descriptors(pid)
	if state, err := client.Status(t.Context()); err == nil {
		s.captures, s.waiting = float64(state.Counts.All), float64(state.Counts.Waiting)
	}
	if goroutines != "" {
		text, _ := os.ReadFile(goroutines) // none before the first second is over
		s.goroutines = float64(numbers([]string{string(text)})[0])
	}
	return s
}

// descriptors counts what a process has open.
func descriptors(pid int) (files, sockets float64) {
	dir := fmt.Sprintf("/proc/%d/fd", pid)
	open, _ := os.ReadDir(dir) // none when it has ended
	for _, one := range open {
		if what, _ := os.Readlink(filepath.Join(dir, one.Name())); strings.HasPrefix(what, "socket:") {
			sockets++
		} else {
			files++
		}
	}
	return files, sockets
}

// playProgram is the program in this process; it writes the number of its
// goroutines to a file, every second.
func playProgram(file string, args []string) int {
	go func() {
		for {
			_ = os.WriteFile(file, []byte(strconv.Itoa(runtime.NumGoroutine())), 0o600) // the next time, then
			time.Sleep(time.Second)
		}
	}()
	return console.Run(context.Background(), args, os.Environ(), os.Stdin, io.Discard, os.Stderr, "bench")
}
