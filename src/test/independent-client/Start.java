import io.ticketbridge.sandbox.servicenow.ServiceNowSimulator;
import java.io.FileInputStream;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Starts the simulated ServiceNow: {@code Start PORT [KEYSTORE.p12 PASSWORD]}; ends when its input does. */
class Start {

    public static void main(String[] args) throws Exception {
        var options = ServiceNowSimulator.Options.defaults().withPort(Integer.parseInt(args[0]));
        if (args.length == 3) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (FileInputStream in = new FileInputStream(args[1])) {
                store.load(in, args[2].toCharArray());
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, args[2].toCharArray());
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            options = options.withTls(tls);
        }
        try (ServiceNowSimulator instance = ServiceNowSimulator.start(options)) {
            System.out.println(instance.url());
            while (System.in.read() >= 0) {}
            instance.requests().all().forEach(System.out::println);
        }
    }
}
