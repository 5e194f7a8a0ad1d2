package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.ServiceNowSettings;
import io.ticketbridge.ledger.ticket.LeaseLost;
import io.ticketbridge.ledger.ticket.Renewal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.cxf.interceptor.Fault;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;

/** Puts our authorisation on every request to the instance, and takes off what the component or a cookie would add. */
final class RequestSigner extends AbstractPhaseInterceptor<Message> {
    private static final String HEADERS_NOT_LOGGED = "org.apache.http.sensitive.headers";
    /** The route's error handler has the exception; CXF's own stack trace in the log says it twice. */
    private static final FaultListener QUIET = (exception, description, message) -> false;

    private final InstanceAddress instance;
    private final Authorisation authorisation;
    private final String sentKey;

    RequestSigner(ServiceNowSettings serviceNow, Authorisation authorisation) {
        // The component's own filter has run by then, and the headers have not been written.
        super(RequestSigner.class.getName() + "@" + serviceNow.url(), Phase.PRE_STREAM);
        this.instance = new InstanceAddress(serviceNow.url());
        this.authorisation = authorisation;
        this.sentKey = sentKey(serviceNow);
    }

    @Override
    public void handleMessage(Message message) {
        if (!concerns(message)) {
            return;
        }
        LastAnswer.forget();
        message.put(HEADERS_NOT_LOGGED, "Authorization,Proxy-Authorization,Cookie,Set-Cookie,x-sn-apikey");
        message.put(FaultListener.class.getName(), QUIET);
        String value;
        try {
            value = authorisation.value();
            if (!"GET".equals(message.get(Message.HTTP_REQUEST_METHOD))) {
                // After the token, which may take as long as a request.
                Renewal.requireFresh();
            }
        } catch (CredentialsRefused | TokenUnavailable | LeaseLost e) {
            throw new Fault(e);
        }
        Map<String, List<String>> headers = headers(message);
        // The map's key set is a copy, so removeIf on it would remove nothing.
        for (String name : List.copyOf(headers.keySet())) {
            if (name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Cookie")) {
                headers.remove(name);
            }
        }
        headers.put(authorisation.header(), List.of(value));
        message.put(sentKey, value);
    }

    /** Where a request remembers what it was signed with; each connection has its own. */
    static String sentKey(ServiceNowSettings serviceNow) {
        return RequestSigner.class.getName() + ".sent@" + serviceNow.url();
    }

    private boolean concerns(Message message) {
        String address = (String) message.get(Message.REQUEST_URI);
        return address != null && instance.covers(address);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> headers(Message message) {
        Map<String, List<String>> headers = (Map<String, List<String>>) message.get(Message.PROTOCOL_HEADERS);
        if (headers == null) {
            headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            message.put(Message.PROTOCOL_HEADERS, headers);
        }
        return headers;
    }
}
