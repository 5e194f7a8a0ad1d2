package io.ticketbridge.source.visionone;

import com.fasterxml.jackson.databind.JsonNode;
import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.config.VisionOneSettings;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.identity.Origin;
import io.ticketbridge.ledger.run.Run;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the routes ask of Cloud Posture (vision-one.md, section 5). Checks can't be asked for by the time of their change, so
 * each pass reads all of them, account by account, and each account is one scan. Thread-safe.
 */
public final class CloudPosture {
    private static final Logger LOG = LoggerFactory.getLogger(CloudPosture.class);

    private final Settings settings;
    private final Watermarks watermarks;
    private final ChangeWindow window;
    private final Clock clock;

    public CloudPosture(Settings settings, Watermarks watermarks, Clock clock) {
        this.settings = settings;
        this.watermarks = watermarks;
        this.window = new ChangeWindow(settings);
        this.clock = clock;
    }

    /** What the scopes of a tenant's accounts begin with. */
    static String scope(String instance) {
        return "cloud-posture:" + instance;
    }

    /** Which tenant a flow reads. */
    public static Origin origin(FlowSettings flow, VisionOneSettings tenant) {
        return VisionOne.origin(flow, tenant, scope(tenant.name()));
    }

    /** The pages of the accounts that the key may see. */
    public LinkedPages accounts(String flow) {
        return new LinkedPages(
                "Cloud Posture accounts",
                tenant(flow).cloudPosturePath() + "/accounts",
                Map.of("top", "200"),
                window.key(flow));
    }

    /** Where the accounts are gathered, each once: a page that is read while one comes or goes may show another twice. */
    public Map<String, JsonNode> noAccounts() {
        return new LinkedHashMap<>();
    }

    public void takeAccounts(LinkedPages pages, Map<String, JsonNode> accounts, JsonNode page) {
        for (JsonNode account : pages.accept(page)) {
            String id = Fields.text(account, "id");
            if (!CheckPart.isSayable(id)) {
                LOG.warn("A cloud account without a usable id can't be read; the others are. account={}", account);
            } else {
                accounts.put(id, account);
            }
        }
    }

    /** What is to be read, an account at a time. */
    public List<AccountScan> scans(String flow, Map<String, JsonNode> accounts) {
        return accounts.values().stream()
                .map(account -> scan(flow, PostureAccount.of(account)))
                .toList();
    }

    private AccountScan scan(String flow, PostureAccount account) {
        VisionOneSettings tenant = tenant(flow);
        CheckPart whole = CheckPart.ofAccount(account.id(), sourceFilter(flow));
        CheckPages pages =
                new CheckPages(whole, tenant.cloudPostureQueryLimit(), part -> checks(flow, tenant, account, part));
        return new AccountScan(account, account.scope(tenant.name()), pages);
    }

    /** Whoever leaves the dates out might get those of some days only, as with alerts. */
    private LinkedPages checks(String flow, VisionOneSettings tenant, PostureAccount account, CheckPart part) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("top", "200");
        parameters.put("startDateTime", Instant.EPOCH.toString());
        parameters.put("dateTimeTarget", "createdDate");
        Map<String, String> headers = new LinkedHashMap<>(window.key(flow));
        headers.put("TMV1-Filter", part.filter());
        return new LinkedPages(
                "checks of account " + account.id(), tenant.cloudPosturePath() + "/checks", parameters, headers);
    }

    /** The account's run has begun: its first is its backlog (P13). */
    public void begun(String flow, AccountScan scan, Run run) {
        if (watermarks.of(key(flow, scan)).isEmpty()) {
            run.firstOfItsScope();
        }
    }

    /** Makes findings of a page of checks; the scan collects them until they are worth a transaction. */
    public void take(AccountScan scan, List<JsonNode> checks) {
        checks.forEach(check -> scan.collect(CheckNormaliser.finding(scan, check)));
    }

    /** Hands out what was collected, once. */
    public List<SourceRecord> collected(AccountScan scan) {
        return scan.collected();
    }

    /**
     * The account was read. What is not there any more is gone only if all of it was read (P11): not where something was left
     * out, and not where the flow's own filter may have done so.
     */
    public void finish(String flow, AccountScan scan, Run run) {
        run.awaitWorkers();
        List<String> gaps = scan.getPages().gaps();
        if (!gaps.isEmpty()) {
            LOG.warn(
                    "An account was not read whole; what is not there any more is not taken for fixed. flow={} account={} left-out=\"{}\"",
                    flow,
                    scan.account().id(),
                    String.join("; ", gaps));
        } else if (sourceFilter(flow).isEmpty()) {
            run.coversScope(scan.scope());
            run.complete();
        }
        run.moves(key(flow, scan), clock.instant().toString());
    }

    private String sourceFilter(String flow) {
        return settings.flows().get(flow).sourceFilter();
    }

    private VisionOneSettings tenant(String flow) {
        return settings.visionOne().get(window.instance(flow));
    }

    private static String key(String flow, AccountScan scan) {
        return flow + "/" + scan.account().id();
    }
}
