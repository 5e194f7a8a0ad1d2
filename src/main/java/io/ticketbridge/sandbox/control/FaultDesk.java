package io.ticketbridge.sandbox.control;

import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.http.HttpFault;
import io.ticketbridge.sandbox.http.HttpFaults;
import io.ticketbridge.sandbox.scc.SccFaults;
import io.ticketbridge.sandbox.servicenow.Fault;
import io.ticketbridge.sandbox.servicenow.Faults;
import io.ticketbridge.sandbox.servicenow.RequestMatcher;
import io.ticketbridge.sandbox.visionone.VisionOneFaults;
import io.ticketbridge.sandbox.workloadprotection.WorkloadProtectionFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Switches the usual faults of each simulator on and off, by name. */
final class FaultDesk {
    static final String ON = "on";
    static final String ONCE = "once";
    private static final List<String> STATES = List.of(ON, "off", ONCE);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** Longer than clients wait by default. */
    private static final Duration TOO_LONG = Duration.ofSeconds(75);

    private static final Map<String, String> LABELS = new LinkedHashMap<>();

    static {
        LABELS.put("429", "429 with Retry-After");
        LABELS.put("500-after-commit", "500 after the write");
        LABELS.put("timeout", "no answer in time");
        LABELS.put("closed-after-commit", "connection closed after the write");
        LABELS.put("token-revoked", "token revoked");
        LABELS.put("html-page", "HTML page instead of JSON");
    }

    /** A switch as it stands. */
    record Switch(String system, String name, String label, boolean on) {}

    /** How a fault is set: standing, which returns what takes it away; or for the next request. */
    private record Setting(Supplier<Runnable> standing, Runnable next) {}

    private final Map<String, Map<String, Setting>> settings = new LinkedHashMap<>();
    private final Map<String, Runnable> standing = new HashMap<>();

    FaultDesk(Sandbox sandbox) {
        var serviceNow = sandbox.serviceNow().faults();
        Map<String, Setting> own = new HashMap<>();
        own.put("429", set(serviceNow, RequestMatcher.api(), Fault.status(429).retryAfter(RETRY_AFTER)));
        own.put(
                "500-after-commit",
                set(serviceNow, RequestMatcher.writes(), Fault.status(500).afterCommit()));
        own.put("timeout", set(serviceNow, RequestMatcher.writes(), Fault.slowAnswer(TOO_LONG)));
        own.put("closed-after-commit", set(serviceNow, RequestMatcher.writes(), Fault.closedAfterCommit()));
        own.put("token-revoked", set(serviceNow, RequestMatcher.api(), Fault.tokensRevoked()));
        own.put("html-page", set(serviceNow, RequestMatcher.api(), Fault.loginPage()));
        settings.put("servicenow", own);
        settings.put(
                "vision-one",
                settings(
                        sandbox.visionOne().faults(),
                        path -> true,
                        VisionOneFaults.tooManyRequests(RETRY_AFTER.toSeconds()),
                        VisionOneFaults.serverError(500),
                        VisionOneFaults.invalidToken()));
        settings.put(
                "scc",
                settings(
                        sandbox.scc().faults(),
                        path -> !path.startsWith("/identity/"),
                        SccFaults.tooManyRequests(RETRY_AFTER.toSeconds()),
                        SccFaults.serverError(500),
                        SccFaults.unauthorized()));
        settings.put(
                "workload-protection",
                settings(
                        sandbox.workloadProtection().faults(),
                        path -> !path.startsWith("/identity/"),
                        WorkloadProtectionFaults.tooManyRequests(RETRY_AFTER.toSeconds()),
                        WorkloadProtectionFaults.serverError(500),
                        WorkloadProtectionFaults.unauthorized()));
    }

    List<Switch> switches() {
        List<Switch> switches = new ArrayList<>();
        synchronized (standing) {
            settings.keySet()
                    .forEach(system -> LABELS.forEach((name, label) ->
                            switches.add(new Switch(system, name, label, standing.containsKey(key(system, name))))));
        }
        return switches;
    }

    Map<String, Action> actions() {
        return Map.of("fault/set", this::set, "fault/clear", form -> clear());
    }

    private String set(Form form) {
        String system = form.oneOf("system", List.copyOf(settings.keySet()));
        String name = form.oneOf("name", List.copyOf(LABELS.keySet()));
        String state = form.oneOf("state", STATES);
        Setting setting = settings.get(system).get(name);
        synchronized (standing) {
            switch (state) {
                case ON ->
                    standing.computeIfAbsent(
                            key(system, name), key -> setting.standing().get());
                case ONCE -> setting.next().run();
                default -> off(key(system, name));
            }
        }
        return system + ", " + LABELS.get(name) + ": " + (state.equals(ONCE) ? "at the next request" : state);
    }

    private String clear() {
        synchronized (standing) {
            List.copyOf(standing.keySet()).forEach(this::off);
        }
        return "Every fault is off";
    }

    private void off(String key) {
        Runnable off = standing.remove(key);
        if (off != null) {
            off.run();
        }
    }

    private static Setting set(Faults faults, RequestMatcher which, Fault fault) {
        return new Setting(() -> faults.always(which, fault)::off, () -> faults.next(1, which, fault));
    }

    private static Map<String, Setting> settings(
            HttpFaults faults, Predicate<String> which, HttpFault tooMany, HttpFault error, HttpFault refused) {
        Map<String, Setting> settings = new HashMap<>();
        settings.put("429", set(faults, which, tooMany));
        settings.put("500-after-commit", set(faults, which, (request, simulator) -> {
            simulator.handle(request);
            return error.apply(request, simulator);
        }));
        settings.put("timeout", set(faults, which, HttpFault.slow(TOO_LONG)));
        settings.put("closed-after-commit", set(faults, which, HttpFault.lostAnswer()));
        settings.put("token-revoked", set(faults, which, refused));
        settings.put("html-page", set(faults, which, HttpFault.htmlPage(200)));
        return settings;
    }

    private static Setting set(HttpFaults faults, Predicate<String> which, HttpFault fault) {
        return new Setting(() -> faults.always(which, fault), () -> faults.next(1, which, fault));
    }

    private static String key(String system, String name) {
        return system + '/' + name;
    }
}
