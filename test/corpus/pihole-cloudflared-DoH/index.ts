import { Application, Backend, Secret, type Environment } from 'catamaran';
import {
  capability,
  connected,
  image,
  named,
  publishes,
  restarts,
  variable,
  volume,
  waits,
} from '../carriers';
import type { Carrier, CorpusEntry } from '../entry';
import { dev, staging } from '../places';

const zone = 'Europe/Berlin';
const texts = {
  TIMEZONE: zone,
  ROUTER_IP: '192.168.178.1',
  NETWORK_DOMAIN: 'fritz.box',
  REVERSE_DNS: '192.168.178.0/24',
  HOST_IP: '192.168.178.20',
  HOST_IPV6: 'fd00::20',
};

class Pihole extends Application {
  constructor(environment: Environment) {
    super('pihole', environment, { folder: __dirname });
    const cloudflared = new Backend(this, 'cloudflared', {
      image: 'visibilityspots/cloudflared:2025.9.1',
      ports: { dns: 5054, 'dns-udp': { number: 5054, protocol: 'udp' } },
      publish: { dns: 5054, 'dns-udp': 5054 },
      internet: { ports: [443] },
      env: { TZ: this.text('TIMEZONE'), PORT: 5054, ADDRESS: '0.0.0.0' },
    });
    new Backend(this, 'pihole', {
      image: 'pihole/pihole:2025.08.0',
      ports: {
        http: 80,
        https: 443,
        dns: 53,
        'dns-udp': { number: 53, protocol: 'udp' },
        'dhcp-udp': { number: 67, protocol: 'udp' },
      },
      publish: { http: 8080, https: 8443, dns: 53, 'dns-udp': 53, 'dhcp-udp': 67 },
      runsAsRoot: {
        reason: 's6 starts as root, and the DHCP server needs NET_ADMIN',
        capabilities: [
          'CHOWN',
          'DAC_OVERRIDE',
          'FOWNER',
          'SETGID',
          'SETUID',
          'NET_BIND_SERVICE',
          'NET_ADMIN',
        ],
      },
      root: 'writable',
      internet: { ports: [53, { number: 53, protocol: 'udp' }, 443] },
      // Pi-hole takes addresses only: the name is resolved where the program starts.
      command: [
        'sh',
        '-c',
        'PIHOLE_DNS_="$(getent hosts "$CLOUDFLARED" | cut -d" " -f1)#5054;1.1.1.1" exec /s6-init',
      ],
      env: {
        CLOUDFLARED: cloudflared.host,
        TZ: this.text('TIMEZONE'),
        WEBPASSWORD: Secret.named('PIHOLE_PW'),
        REV_SERVER: true,
        REV_SERVER_TARGET: this.text('ROUTER_IP'),
        REV_SERVER_DOMAIN: this.text('NETWORK_DOMAIN'),
        REV_SERVER_CIDR: this.text('REVERSE_DNS'),
        ServerIP: this.text('HOST_IP'),
        ServerIPv6: this.text('HOST_IPV6'),
      },
      connectsTo: [cloudflared],
      volumes: { pihole: { path: '/etc/pihole' }, dnsmasq: { path: '/etc/dnsmasq.d' } },
    });
  }
}

// The fixed address of cloudflared, and the network that has it: the name stands for the address.
const address: Carrier = variable('pihole', 'CLOUDFLARED', 'cloudflared');

export const pihole: CorpusEntry = {
  application: Pihole,
  onDocker: dev({ texts }),
  onKubernetes: staging({ texts, accept: ['privilege', 'capabilities'] }),
  table: {
    version: named('pihole'),
    'cloudflared.image': image('cloudflared', 'visibilityspots/cloudflared:2025.9.1'),
    'cloudflared.container_name': named('cloudflared'),
    'cloudflared.ports[0]': publishes('cloudflared', 5054, 5054),
    'cloudflared.ports[1]': publishes('cloudflared', 5054, 5054, 'udp'),
    'cloudflared.environment.TZ': variable('cloudflared', 'TZ', zone),
    'cloudflared.environment.PORT': variable('cloudflared', 'PORT', '5054'),
    'cloudflared.environment.ADDRESS': variable('cloudflared', 'ADDRESS', '0.0.0.0'),
    'cloudflared.restart': restarts('cloudflared'),
    'cloudflared.networks.dns-net.ipv4_address': address,
    'pihole.container_name': named('pihole'),
    'pihole.image': image('pihole', 'pihole/pihole:2025.08.0'),
    'pihole.ports[0]': publishes('pihole', 53, 53),
    'pihole.ports[1]': publishes('pihole', 53, 53, 'udp'),
    'pihole.ports[2]': publishes('pihole', 67, 67, 'udp'),
    'pihole.ports[3]': publishes('pihole', 8080, 80),
    'pihole.ports[4]': publishes('pihole', 8443, 443),
    'pihole.environment.TZ': variable('pihole', 'TZ', zone),
    'pihole.environment.PIHOLE_DNS_': address,
    'pihole.environment.WEBPASSWORD': variable('pihole', 'WEBPASSWORD', '<PIHOLE_PW>'),
    'pihole.environment.REV_SERVER': variable('pihole', 'REV_SERVER', 'true'),
    'pihole.environment.REV_SERVER_TARGET': variable('pihole', 'REV_SERVER_TARGET', texts.ROUTER_IP),
    'pihole.environment.REV_SERVER_DOMAIN': variable('pihole', 'REV_SERVER_DOMAIN', texts.NETWORK_DOMAIN),
    'pihole.environment.REV_SERVER_CIDR': variable('pihole', 'REV_SERVER_CIDR', texts.REVERSE_DNS),
    'pihole.environment.ServerIP': variable('pihole', 'ServerIP', texts.HOST_IP),
    'pihole.environment.ServerIPv6': variable('pihole', 'ServerIPv6', texts.HOST_IPV6),
    'pihole.volumes[0]': volume('pihole', '/etc/pihole'),
    'pihole.volumes[1]': volume('pihole', '/etc/dnsmasq.d'),
    'pihole.cap_add[0]': capability('pihole', 'NET_ADMIN'),
    'pihole.depends_on.cloudflared': waits('pihole', 'cloudflared'),
    'pihole.restart': restarts('pihole'),
    'pihole.networks.dns-net': connected('pihole', 'cloudflared'),
    'networks.dns-net.ipam.config[0].subnet': address,
  },
};
