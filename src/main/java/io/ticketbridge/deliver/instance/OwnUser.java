package io.ticketbridge.deliver.instance;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.deliver.call.Row;
import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.servicenow.EncodedQuery;
import io.ticketbridge.deliver.servicenow.LastAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The integration's own user: the one that the settings name, or else the one that calls, as the instance says. */
final class OwnUser {
    private static final String COLUMNS = "sys_id,user_name,name,active,web_service_access_only";

    private OwnUser() {}

    static ServiceNowCall question(ServiceNowSettings serviceNow) {
        return serviceNow.user().isEmpty()
                ? ServiceNowCall.find("sys_user", "sys_id=javascript:gs.getUserID()", COLUMNS, 2)
                : ServiceNowCall.find("sys_user", EncodedQuery.where("user_name", serviceNow.user()), COLUMNS, 2);
    }

    /**
     * Who calls is one user. An instance that leaves out the condition shows others, or hides them and counts them all the same.
     *
     * @param rows what the question was answered just now, on this thread
     */
    static Optional<Map<String, Object>> in(List<Map<String, Object>> rows, ServiceNowSettings serviceNow) {
        if (serviceNow.user().isEmpty()) {
            return rows.size() == 1 && LastAnswer.current().hidden(1) == 0
                    ? Optional.of(rows.get(0))
                    : Optional.empty();
        }
        return rows.stream()
                .filter(row -> Row.text(row, "user_name").equals(serviceNow.user()))
                .findFirst();
    }

    /** As people know it. */
    static String name(Map<String, Object> row) {
        String name = Row.text(row, "name");
        return name.isEmpty() ? Row.text(row, "user_name") : name;
    }
}
