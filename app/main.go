// Command shopbell receives webhooks on a laptop, says whether their
// signatures hold and why, keeps them, and forwards them to a shop on
// localhost. Without arguments it opens a window (gui.go); with a command it
// does the same work on a terminal (package console).
package main

import (
	"context"
	"flag"
	"io"
	"os"

	"shopbell/app/console"
)

// version is set by the linker from FyneApp.toml.
var version = "dev"

func main() {
	os.Exit(run(os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program. It returns the exit code: 0 good, 1 the answer is
// no, 2 wrong use, 3 own failure.
func run(args, env []string, stdin io.Reader, stdout, stderr io.Writer) int {
	keepPrivate()
	boundMemory()
	if places, ok := windowPlaces(args); ok {
		return openWindow(places, env, stdout, stderr)
	}
	return console.Run(context.Background(), args, env, stdin, stdout, stderr, version)
}

// noWindow names the commands for those who have no window.
const noWindow = "hint: 'shopbell serve' does the same job on a terminal, 'shopbell demo' shows it in seconds"

// places are where a window finds config and data; empty fields mean the
// platform's own. hidden starts it in the tray.
type places struct {
	config, data string
	hidden       bool
}

// windowPlaces reads args that name no command: at most --config, --data and
// --hidden.
func windowPlaces(args []string) (p places, ok bool) {
	flags := flag.NewFlagSet("shopbell", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&p.config, "config", "", "")
	flags.StringVar(&p.data, "data", "", "")
	flags.BoolVar(&p.hidden, "hidden", false, "")
	err := flags.Parse(args)
	return p, err == nil && flags.NArg() == 0
}
