//go:build !headless

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"shopbell/app/engine"
	"shopbell/app/localapi"
	"shopbell/app/settings"
	"shopbell/app/ui"
	"shopbell/app/ui/session"
	"shopbell/assets"
	"shopbell/providers"
)

// appID decides where the toolkit keeps its preferences; it stands in
// FyneApp.toml too, for packaging.
const appID = "dev.shopbell.Shopbell"

// openWindow runs the window until it is closed.
func openWindow(at places, env []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if !hasDisplay(env) {
		fmt.Fprintln(stderr, "shopbell: there is no display here, so no window can open")
		fmt.Fprintln(stderr, noWindow)
		return 3
	}
	options, err := windowOptions(at, env)
	if err != nil {
		return complain(stderr, err)
	}
	if code, runs := raiseOther(options.DataDir, stdout, stderr); runs {
		return code
	}
	keepCrashes(options.DataDir)
	e, err := engine.Start(ctx, options)
	if engine.Locked(err) {
		if code, runs := raiseStarting(options.DataDir, stdout, stderr); runs {
			return code
		}
	}
	if err != nil {
		return complain(stderr, err)
	}
	defer e.Close()
	front := &curtain{}
	api, err := localapi.Options{Engine: e, DataDir: options.DataDir, Log: options.Log, Raise: front.ask}.Serve(ctx)
	if err != nil {
		return complain(stderr, err)
	}
	defer api.Close()
	show(ctx, e, front, at.hidden || e.Settings().Window.Start == "hidden", stderr)
	return 0
}

// show runs the toolkit's loop until the window is closed or ctx ends.
func show(ctx context.Context, e *engine.Engine, front *curtain, hidden bool, stderr io.Writer) {
	app.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: "Shopbell", Version: version, Build: 1,
		Icon:       fyne.NewStaticResource("icon.png", assets.IconPNG),
		Migrations: map[string]bool{"fyneDo": true},
	})
	if dir, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(dir, 0o700) // the toolkit makes its folder there, but not this one
	}
	a := app.NewWithID(appID)
	link, err := session.Open() // nil where the desktop has no bus: then there is no tray either
	if err == nil {
		defer link.Close()
	}
	w := ui.Open(a, e, ui.Options{Version: version, Desktop: link})
	context.AfterFunc(ctx, func() { fyne.Do(a.Quit) })
	if asked := front.open(func() { fyne.Do(w.Raise) }); asked || !hidden || !w.StayHidden() {
		if hidden && !asked {
			fmt.Fprintln(stderr, "shopbell: there is no tray here to hide in, so the window opens")
		}
		w.Show()
	}
	a.Run()
	w.Close()
}

// hasDisplay tells whether a window can open. Only Linux has systems without.
func hasDisplay(env []string) bool {
	if runtime.GOOS != "linux" {
		return true
	}
	return slices.ContainsFunc(env, func(kv string) bool {
		name, value, _ := strings.Cut(kv, "=")
		return value != "" && (name == "DISPLAY" || name == "WAYLAND_DISPLAY")
	})
}

func windowOptions(at places, env []string) (engine.Options, error) {
	optional := at.config == ""
	given := map[string]string{}
	if at.data != "" {
		given["data"] = "--data"
	}
	var err error
	if optional {
		if at.config, err = settings.DefaultFile(env); err != nil {
			return engine.Options{}, err
		}
	}
	own := engine.OwnProviders(at.config)
	catalog, problem := providers.WithOwn(own)
	if len(catalog.All()) == 0 {
		return engine.Options{}, problem
	}
	if at.data == "" {
		if at.data, err = settings.DefaultDir(env); err != nil {
			return engine.Options{}, err
		}
	}
	chosen, err := settings.Load(at.config, optional, catalog)
	return engine.Options{
		Settings: chosen, File: at.config, DataDir: at.data, Catalog: catalog, OwnProviders: own, ProviderProblem: problem,
		Vault:   settings.Vault{Env: env, Dir: filepath.Dir(at.config)},
		Given:   given,
		Lenient: true, // a locked keyring must not keep the window shut
		Log:     slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}, err
}

// keepCrashes lets the runtime write a crash to a file: a window has no
// terminal on which anyone would see it.
func keepCrashes(dir string) {
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "crash.txt"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	defer f.Close() // the runtime keeps a copy of the descriptor
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
}

func complain(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "shopbell:", err)
	if problem := new(settings.Problem); errors.As(err, &problem) {
		if problem.Advice != "" {
			fmt.Fprintln(stderr, "hint:", problem.Advice)
		}
		return 2
	}
	return 3
}
