package io.ticketbridge.command;

import io.ticketbridge.config.DatabaseSettings;
import io.ticketbridge.config.LedgerUrl;
import io.ticketbridge.config.Requirement;
import io.ticketbridge.config.Secret;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.Sources;
import io.ticketbridge.engine.CannotStart;
import io.ticketbridge.engine.Relocation;
import io.ticketbridge.ledger.move.LedgerMove.Moved;
import io.ticketbridge.ledger.move.MovedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code move-ledger}: the ledger goes on in another database. */
@Command(
        name = "move-ledger",
        mixinStandardHelpOptions = true,
        description = {
            "Copy the ledger from another database into that of ticketbridge.database.url, which must be empty.",
            "Stop `run` first, set the new URL, move, start again. The old ledger is not changed; a file beside it keeps"
                    + " anybody from starting on it again. Nothing is copied by halves.",
            "The password of the old ledger is read from --from-password-file or " + Sources.FROM_PASSWORD + "."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:All of it was moved, or would be", "2:It was not; the output names cause and cure"})
final class MoveLedgerCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "URL",
            description = "Where the ledger is now: jdbc:h2:file:./data/ticketbridge, say")
    private String from;

    @Option(names = "--from-user", paramLabel = "USER", description = "Its user", defaultValue = "")
    private String user;

    @Option(names = "--from-password-file", paramLabel = "FILE", description = "The file that holds its password")
    private Path passwordFile;

    @Option(names = "--dry-run", description = "Only tell what would be moved")
    private boolean dryRun;

    @Override
    public Integer call() {
        Settings settings = common.settings(Requirement.LEDGER_ONLY);
        String fault = LedgerUrl.fault(from);
        if (!fault.isEmpty()) {
            throw new CannotStart("--from " + fault);
        }
        DatabaseSettings source = new DatabaseSettings(from, user, password(), 1);
        MoveProgress progress = new MoveProgress(System.err, Clock.systemUTC());
        Moved moved = new Relocation(source, settings.database(), progress).begin(dryRun, Clock.systemUTC());
        if (common.isJson()) {
            new Printer(System.out, true).json(asMap(moved));
        } else {
            print(moved, settings.database());
        }
        return TicketbridgeCommand.WELL;
    }

    private Secret password() {
        if (passwordFile == null) {
            return Secret.of(System.getenv(Sources.FROM_PASSWORD));
        }
        try {
            return Secret.of(Files.readString(passwordFile).replaceFirst("\\r?\\n\\z", ""));
        } catch (IOException e) {
            throw new CannotStart("--from-password-file must name a readable UTF-8 file, was " + passwordFile);
        }
    }

    private Map<String, Object> asMap(Moved moved) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("moved", !dryRun);
        map.put("tables", moved.tables().stream().map(MovedTable::asMap).toList());
        map.put("mended", moved.mended());
        return map;
    }

    private void print(Moved moved, DatabaseSettings target) {
        System.out.printf("%-16s %12s  %s%n", "table", "rows", dryRun ? "" : "checksum, the same in both");
        moved.tables()
                .forEach(each -> System.out.printf("%-16s %12d  %s%n", each.table(), each.rows(), each.checksum()));
        if (moved.mended() > 0) {
            System.out.println(moved.mended()
                    + " rows held characters that PostgreSQL can't keep: NUL was left out, half a character is U+FFFD");
        }
        if (dryRun) {
            System.out.println("Nothing was moved.");
            return;
        }
        System.out.println("The ledger goes on in " + target.address() + ": start `run` again.");
        System.out.println(
                "The old one is as it was and may be kept as a back-up. Never start on it again: it would open"
                        + " tickets that this one knows."
                        + moved.mark()
                                .map(file -> " " + file + " refuses that.")
                                .orElse(""));
    }
}
