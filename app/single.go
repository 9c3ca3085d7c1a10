package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"shopbell/app/localapi"
)

// lockedWait is how long a second start waits for the first one to say where it
// is: it holds the data folder a moment before that.
const lockedWait = 5 * time.Second

// raiseOther brings the window of the Shopbell that runs on a data folder to the
// front, if one runs there. code is what this process then ends with.
func raiseOther(dataDir string, stdout, stderr io.Writer) (code int, runs bool) {
	client, err := localapi.Dial(dataDir)
	if err != nil {
		return 0, false // nothing runs, or a crash left its file: go on and see
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockedWait)
	defer cancel()
	var fault *localapi.Fault
	switch err := client.Raise(ctx); {
	case err == nil:
		fmt.Fprintln(stdout, "Shopbell runs already; its window is in front now.")
		return 0, true
	case errors.As(err, &fault) && fault.Status == http.StatusConflict:
		fmt.Fprintf(stderr, "shopbell: a Shopbell without a window holds the data folder %q\n", dataDir)
		fmt.Fprintln(stderr, "hint: end it (it is most likely 'shopbell serve') and open the window again, or give the window a folder of its own with --data;")
		fmt.Fprintln(stderr, "hint: 'shopbell list', 'show' and 'watch' look into the one that runs")
		return 3, true
	case errors.As(err, &fault) && (fault.Status == http.StatusNotFound || fault.Status == http.StatusMethodNotAllowed):
		fmt.Fprintln(stderr, "shopbell: another version of Shopbell runs on the data folder and cannot be asked to come to the front")
		fmt.Fprintln(stderr, "hint: look for its window, or end it first")
		return 3, true
	default:
		fmt.Fprintln(stderr, "shopbell: the running Shopbell does not come to the front:", err)
		fmt.Fprintln(stderr, "hint: look for its window, or end it first")
		return 3, true
	}
}

// raiseStarting is raiseOther for one that holds the folder but did not yet say
// where it is.
func raiseStarting(dataDir string, stdout, stderr io.Writer) (code int, runs bool) {
	for end := time.Now().Add(lockedWait); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if code, runs = raiseOther(dataDir, stdout, stderr); runs {
			return code, true
		}
	}
	return 0, false
}

// curtain is the window as others know it before it is there.
type curtain struct {
	mu    sync.Mutex
	raise func()
	asked bool
}

// ask raises the window, or has it raised as soon as there is one.
func (c *curtain) ask() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = true
	if c.raise != nil {
		c.raise()
	}
}

// open tells how the window is raised, and whether somebody asked for that.
func (c *curtain) open(raise func()) (asked bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raise = raise
	return c.asked
}
