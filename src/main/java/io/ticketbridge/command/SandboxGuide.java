package io.ticketbridge.command;

import io.ticketbridge.config.Settings;
import io.ticketbridge.sandbox.Sandbox;
import io.ticketbridge.sandbox.control.ControlPage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a newcomer reads first: where things are, and what to try. */
final class SandboxGuide {
    private SandboxGuide() {}

    static void print(Sandbox sandbox, ControlPage page, Settings settings) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(text(sandbox, page, settings));
        out.flush();
    }

    private static String text(Sandbox sandbox, ControlPage page, Settings settings) {
        return """
                The sandbox is running. Everything is simulated, and nothing leaves this machine.

                  Console       http://127.0.0.1:%8$d/
                  Control page  %1$s
                  Tickets       %1$s#tickets
                  As JSON       %1$sapi/tickets
                  Health        http://127.0.0.1:%7$d/observe/health
                  Metrics       http://127.0.0.1:%7$d/observe/metrics

                  ServiceNow %3$s   Vision One %2$s   IBM SCC %4$s   Workload Protection %9$s
                  Scan files are dropped in %5$s

                Open the control page in a browser and play the other side:
                  1. Some 70 tickets open within seconds: one per case, one per failing check or rule.
                  2. Fix a resource and drop the next scan: its ticket gets a note, or is resolved.
                  3. Resolve a ticket in ServiceNow that still fails, and drop a scan: the next ticket opens.
                  4. Watch all of it in the console: each ticket has its story there.
                  5. Switch on "500 after the write" and add a case: it gets one ticket all the same.

                The ledger, from another terminal:
                  TICKETBRIDGE_DATABASE_URL=%6$s java -jar ticketbridge.jar status
                Ctrl-C stops everything and removes it.

                """
                .formatted(
                        page.url(),
                        sandbox.visionOne().url(),
                        sandbox.serviceNow().url(),
                        sandbox.scc().url(),
                        sandbox.folder(),
                        settings.database().url(),
                        settings.http().managementPort(),
                        settings.http().port(),
                        sandbox.workloadProtection().url());
    }
}
