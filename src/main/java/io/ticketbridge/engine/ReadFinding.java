package io.ticketbridge.engine;

import io.ticketbridge.finding.Finding;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What became of a finding that a plan without network read.
 *
 * @param outcome {@code passes} the filters and is the policy's; {@code filtered} by the flow's filter or a step; {@code
 *     unchanged}, {@code inconclusive} or {@code suppressed}, as the account counts it; {@code dead} if a step failed on it
 */
public record ReadFinding(Finding finding, String outcome) {

    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("outcome", outcome);
        map.put("result", finding.result().name().toLowerCase(Locale.ROOT));
        map.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        map.put("check", finding.check());
        map.put("account", finding.account());
        map.put("region", finding.region());
        map.put("resource", finding.resource().uid());
        map.put("title", finding.title());
        map.put("attributes", finding.attributes());
        return map;
    }
}
