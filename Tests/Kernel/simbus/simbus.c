// SPDX-License-Identifier: GPL-2.0-only
/*
 * simbus: an I2C adapter whose bus is a process.
 *
 * While /dev/simbus is open there is an adapter "simbus", /dev/i2c-<number>; with its last close the adapter vanishes, as one
 * that is unplugged. Every transfer passes through the kernel's own i2c-dev and i2c-core and is then answered by the process:
 *
 *   read()   waits for a transfer: struct simbus_request, then for each message a struct simbus_message, followed by its bytes
 *            where it writes.
 *   write()  answers it: struct simbus_answer, then, unless it is an error, the bytes of every message that reads.
 *
 * A transfer that is not answered within the adapter's timeout (I2C_TIMEOUT) and what is added to it fails with ETIMEDOUT; an answer that comes after
 * that with ESTALE. Transfers of an adapter that is gone fail with ENODEV. As long as somebody still holds its device open, its
 * number is not free: opening /dev/simbus anew is EBUSY until then.
 */
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct simbus_request {
	__u32 sequence;
	__u32 message_count;
};

struct simbus_message {
	__u16 address;
	__u16 flags;	/* I2C_M_RD and so on, linux/i2c.h */
	__u16 length;
	__u16 reserved;
};

struct simbus_answer {
	__u32 sequence;	/* of the request */
	__u32 error;	/* 0, or an error number */
};

/* A Pi's header is on bus 1. */
static int number = 1;
module_param(number, int, 0444);
MODULE_PARM_DESC(number, "of the adapter");

/* A controller's driver that does not keep its timeout. */
static int late;
module_param(late, int, 0644);
MODULE_PARM_DESC(late, "milliseconds after the timeout, until a transfer that is not answered fails");

enum transfer_state { IDLE, OFFERED, TAKEN, ANSWERED };

static struct {
	struct i2c_adapter adapter;
	struct work_struct removal;
	atomic_t is_used;		/* from open until the adapter is removed */
	wait_queue_head_t waiting;	/* for a change of what is below */

	struct mutex lock;		/* of what is below */
	bool is_gone;
	enum transfer_state state;
	u32 sequence;
	struct i2c_msg *messages;
	int count;
	int result;
} bus;

static int simbus_transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	long patience = adapter->timeout + msecs_to_jiffies(READ_ONCE(late));
	int result;

	mutex_lock(&bus.lock);
	bus.sequence++;
	bus.messages = messages;
	bus.count = count;
	bus.state = OFFERED;
	mutex_unlock(&bus.lock);
	wake_up_all(&bus.waiting);

	wait_event_timeout(bus.waiting, READ_ONCE(bus.state) == ANSWERED || READ_ONCE(bus.is_gone), patience);

	mutex_lock(&bus.lock);
	if (bus.state == ANSWERED)
		result = bus.result;
	else
		result = bus.is_gone ? -ENODEV : -ETIMEDOUT;
	bus.state = IDLE;
	bus.messages = NULL;
	mutex_unlock(&bus.lock);
	return result;
}

/* The same as i2c-bcm2835. */
static u32 simbus_functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
}

static const struct i2c_algorithm simbus_algorithm = {
	.master_xfer = simbus_transfer,
	.functionality = simbus_functionality,
};

/* Waits until nobody holds the adapter any more, which can be long: not in the process that ends. */
static void simbus_remove(struct work_struct *work)
{
	i2c_del_adapter(&bus.adapter);
	atomic_set(&bus.is_used, 0);
}

static int simbus_open(struct inode *inode, struct file *file)
{
	int error;

	if (atomic_cmpxchg(&bus.is_used, 0, 1))
		return -EBUSY;
	bus.is_gone = false;
	bus.state = IDLE;
	bus.adapter.timeout = HZ;
	bus.adapter.retries = 0;
	error = i2c_add_numbered_adapter(&bus.adapter);
	if (error)
		atomic_set(&bus.is_used, 0);
	return error;
}

static int simbus_release(struct inode *inode, struct file *file)
{
	mutex_lock(&bus.lock);
	bus.is_gone = true;
	mutex_unlock(&bus.lock);
	wake_up_all(&bus.waiting);
	schedule_work(&bus.removal);
	return 0;
}

static size_t request_size(void)
{
	size_t size = sizeof(struct simbus_request);
	int i;

	for (i = 0; i < bus.count; i++) {
		size += sizeof(struct simbus_message);
		if (!(bus.messages[i].flags & I2C_M_RD))
			size += bus.messages[i].len;
	}
	return size;
}

/* With the lock held. */
static ssize_t copy_request(char __user *buffer, size_t size)
{
	struct simbus_request request = { .sequence = bus.sequence, .message_count = bus.count };
	char __user *to = buffer;
	int i;

	if (size < request_size())
		return -EMSGSIZE;
	if (copy_to_user(to, &request, sizeof(request)))
		return -EFAULT;
	to += sizeof(request);
	for (i = 0; i < bus.count; i++) {
		const struct i2c_msg *from = &bus.messages[i];
		struct simbus_message message = { .address = from->addr, .flags = from->flags, .length = from->len };

		if (copy_to_user(to, &message, sizeof(message)))
			return -EFAULT;
		to += sizeof(message);
		if (from->flags & I2C_M_RD)
			continue;
		if (copy_to_user(to, from->buf, from->len))
			return -EFAULT;
		to += from->len;
	}
	return to - buffer;
}

static ssize_t simbus_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	ssize_t result;

	mutex_lock(&bus.lock);
	while (bus.state != OFFERED) {
		mutex_unlock(&bus.lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(bus.waiting, READ_ONCE(bus.state) == OFFERED))
			return -ERESTARTSYS;
		mutex_lock(&bus.lock);
	}
	result = copy_request(buffer, size);
	if (result > 0)
		bus.state = TAKEN;
	mutex_unlock(&bus.lock);
	return result;
}

/* With the lock held. */
static ssize_t copy_answer(const char __user *buffer, size_t size)
{
	const char __user *from = buffer;
	struct simbus_answer answer;
	int i;

	if (size < sizeof(answer))
		return -EINVAL;
	if (copy_from_user(&answer, from, sizeof(answer)))
		return -EFAULT;
	from += sizeof(answer);
	if (bus.state != TAKEN || answer.sequence != bus.sequence)
		return -ESTALE;
	if (answer.error > MAX_ERRNO)
		return -EINVAL;
	for (i = 0; i < bus.count && !answer.error; i++) {
		const struct i2c_msg *to = &bus.messages[i];

		if (!(to->flags & I2C_M_RD))
			continue;
		if (buffer + size - from < to->len)
			return -EINVAL;
		if (copy_from_user(to->buf, from, to->len))
			return -EFAULT;
		from += to->len;
	}
	if (from != buffer + size)
		return -EINVAL;
	bus.result = answer.error ? -(int)answer.error : bus.count;
	bus.state = ANSWERED;
	return size;
}

static ssize_t simbus_write(struct file *file, const char __user *buffer, size_t size, loff_t *offset)
{
	ssize_t result;

	mutex_lock(&bus.lock);
	result = copy_answer(buffer, size);
	mutex_unlock(&bus.lock);
	wake_up_all(&bus.waiting);
	return result;
}

static __poll_t simbus_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &bus.waiting, table);
	return READ_ONCE(bus.state) == OFFERED ? EPOLLIN | EPOLLRDNORM : 0;
}

static const struct file_operations simbus_operations = {
	.owner = THIS_MODULE,
	.open = simbus_open,
	.release = simbus_release,
	.read = simbus_read,
	.write = simbus_write,
	.poll = simbus_poll,
	.llseek = noop_llseek,
};

static struct miscdevice simbus_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "simbus",
	.fops = &simbus_operations,
	.mode = 0600,
};

static int __init simbus_init(void)
{
	mutex_init(&bus.lock);
	init_waitqueue_head(&bus.waiting);
	INIT_WORK(&bus.removal, simbus_remove);
	bus.adapter.owner = THIS_MODULE;
	bus.adapter.algo = &simbus_algorithm;
	bus.adapter.nr = number;
	strscpy(bus.adapter.name, "simbus", sizeof(bus.adapter.name));
	return misc_register(&simbus_device);
}

static void __exit simbus_exit(void)
{
	misc_deregister(&simbus_device);
	flush_work(&bus.removal);
}

module_init(simbus_init);
module_exit(simbus_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("I2C adapter whose bus is a process");
