//go:build e2e

package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

const (
	// hourArrivals come in an hour of 20 deliveries a second.
	hourArrivals = 20 * 3600
	// memoryFactor is how much more memory the last third may take than the middle
	// one; in the first the store's tables and the toolkit's caches fill.
	memoryFactor = 1.5
	// moreThreads is how many more threads there may be at the end.
	moreThreads = 10
)

// occupied is what the window takes of the machine at a moment.
type occupied struct {
	anon    int // MB that are no file's
	threads int
	open    int // descriptors, without the files of the store
}

// TestWindowTakesNoMoreAfterAnHour gives the window an hour's worth of arrivals
// in MINUTES minutes, one when nothing is said, and opens and closes everything
// meanwhile. Goroutines are counted by the test of the same hour in app/ui.
func TestWindowTakesNoMoreAfterAnHour(t *testing.T) {
	w := openOn(t, "light", atWork)
	pid, address := w.pid(), w.address()
	began, length := time.Now(), minutes(t)
	var arrived atomic.Bool
	go func() {
		defer arrived.Store(true)
		if err := hour(address, length); err != nil {
			t.Error(err)
		}
	}()
	var all []occupied
	for len(all) < 3 || !arrived.Load() || time.Since(began) < length {
		w.visitAll()
		all = append(all, occupancy(t, pid))
		t.Logf("after %v: %+v", time.Since(began).Round(time.Second), all[len(all)-1])
	}
	third := max(1, len(all)/3)
	middle, last := all[third], all[len(all)-1]
	if before, after := middleAnon(all[third:2*third]), middleAnon(all[2*third:]); float64(after) > memoryFactor*float64(before) {
		t.Errorf("memory went from %d to %d MB, medians of the middle and the last third, expected at most %v times as much", before, after, memoryFactor)
	}
	if last.threads > middle.threads+moreThreads || last.open > middle.open+moreThreads {
		t.Errorf("%+v after a third, %+v at the end, expected about as many threads and descriptors", middle, last)
	}
}

func minutes(t *testing.T) time.Duration {
	t.Helper()
	d, err := time.ParseDuration(cmp.Or(os.Getenv("MINUTES"), "1") + "m")
	if err != nil || d <= 0 {
		t.Fatalf("MINUTES is %q, expected a number above 0", os.Getenv("MINUTES"))
	}
	return d
}

func middleAnon(all []occupied) int {
	var list []int
	for _, o := range all {
		list = append(list, o.anon)
	}
	slices.Sort(list)
	return list[len(list)/2]
}

// visitAll opens and closes sheets, and goes through captures and their tabs.
func (w *window) visitAll() {
	var keys []string
	for _, sheet := range []string{"ctrl+comma", "ctrl+n", "ctrl+m", "ctrl+t", "ctrl+shift+t", "ctrl+k", "question"} {
		keys = append(keys, "key", sheet, "sleep", "0.1", "key", "Escape", "sleep", "0.05")
	}
	for range 3 {
		keys = append(keys, "key", "Down")
		for tab := 1; tab <= 6; tab++ {
			keys = append(keys, "sleep", "0.05", "key", strconv.Itoa(tab))
		}
	}
	w.xdotool(append(keys, "key", "Home", "key", "Escape", "key", "Escape")...)
}

// pid is the process of the window.
func (w *window) pid() int {
	w.t.Helper()
	pid := 0
	w.await("the window's process", func() bool {
		files, _ := filepath.Glob("/proc/[0-9]*/cmdline") // the pattern is well formed
		for _, file := range files {
			line, _ := os.ReadFile(file) // none when it has ended
			args := strings.Split(string(line), "\x00")
			if filepath.Base(args[0]) == "shopbell" && slices.Contains(args, filepath.Join(w.dir, "data")) {
				pid, _ = strconv.Atoi(filepath.Base(filepath.Dir(file)))
			}
		}
		return pid != 0
	})
	return pid
}

// occupancy reads /proc/PID.
func occupancy(t *testing.T, pid int) (o occupied) {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatalf("the window has ended: %v", err)
	}
	for line := range strings.Lines(string(text)) {
		switch f := strings.Fields(line); {
		case len(f) > 1 && f[0] == "RssAnon:":
			kb, _ := strconv.Atoi(f[1]) // the system writes numbers there
			o.anon = kb >> 10
		case len(f) > 1 && f[0] == "Threads:":
			o.threads, _ = strconv.Atoi(f[1])
		}
	}
	dir := fmt.Sprintf("/proc/%d/fd", pid)
	open, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range open {
		if what, _ := os.Readlink(filepath.Join(dir, one.Name())); !strings.Contains(what, "/data/") {
			o.open++
		}
	}
	return o
}

// hour sends genuine deliveries, evenly over a time, each with an id of its own.
func hour(address string, length time.Duration) error {
	catalog, err := providers.Embedded()
	if err != nil {
		return err
	}
	p, _ := catalog.Get("tweed")
	const connections = 8
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	var next atomic.Int64
	failed := make([]error, connections)
	began := time.Now()
	var group sync.WaitGroup
	for i := range connections {
		group.Go(func() {
			for failed[i] == nil {
				n := next.Add(1)
				if n > hourArrivals {
					return
				}
				time.Sleep(time.Until(began.Add(length * time.Duration(n) / hourArrivals)))
				failed[i] = post(client, address+"/tweed/5b1c0d5a7a51ac8e00f1c3d2e4b5a697", p.Examples[0].Message, n)
			}
		})
	}
	group.Wait()
	return errors.Join(failed...)
}

func post(client *http.Client, url string, m signature.Message, n int64) error {
	r, err := http.NewRequest(m.Method, url, bytes.NewReader(m.Body))
	if err != nil {
		return err
	}
	for _, f := range m.Header {
		if f.Name != "Host" && f.Name != "Content-Length" {
			r.Header.Set(f.Name, f.Value)
		}
	}
	r.Header.Set("X-Tweed-Delivery", fmt.Sprint("hour-", n))
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("delivery %d was answered %s, expected 200", n, answer.Status)
	}
	return nil
}
