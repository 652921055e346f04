/**
 * Tests that no other may run beside, by their paths: those that restart the engine and the kubelet, and those that
 * take the room of a small node for themselves.
 */
module.exports = ['/restart/', '/faults/kubernetes', '/systems/chatbot-logs'];
